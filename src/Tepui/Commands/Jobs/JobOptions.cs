using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary>Options that describe a job, and the document they make. What values are allowed the scheduler says.</summary>
internal sealed class JobOptions
{
    private readonly Option<string?> _name = new("--name") { Description = "Name of the job; the words are then its command", HelpName = "NAME" };
    private readonly Option<string?> _schedule = new("--schedule") { Description = "When: R[n]/START/PERIOD, as in R/2031-05-01T06:30:00Z/P1D", HelpName = "TEXT" };
    private readonly Option<string?> _cron = new("--cron") { Description = "When, as a cron expression: '0 8 * * *'", HelpName = "TEXT" };
    private readonly Option<string?> _zone = new("--zone") { Description = "Zone of the schedule, as in Europe/Berlin (default: UTC)", HelpName = "ZONE" };
    private readonly Option<string[]> _parents = new("--parents") { Description = "Run after these jobs instead, as in tick,nightly", HelpName = "NAMES", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _trigger = new("--trigger") { Description = "Which ends of parents count: success (if not said), failure or any", HelpName = "WHICH" };
    private readonly Option<double?> _cpus = new("--cpus") { Description = "Cores", HelpName = "N" };
    private readonly Option<double?> _mem = new("--mem") { Description = "Memory, MB", HelpName = "MB" };
    private readonly Option<double?> _disk = new("--disk") { Description = "Disk, MB", HelpName = "MB" };
    private readonly Option<int?> _retries = new("--retries") { Description = "Attempts after the first one failed", HelpName = "N" };
    private readonly Option<string?> _retryBackoff = new("--retry-backoff") { Description = "Seconds before the first retry, factor, most seconds, as in 10:2:300", HelpName = "WAITS" };
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Longest an attempt may run, seconds", HelpName = "SECONDS" };
    private readonly Option<string?> _epsilon = new("--epsilon") { Description = "How late a run may start, as in PT30M", HelpName = "PERIOD" };
    private readonly Option<string?> _catchUp = new("--catch-up") { Description = "What becomes of missed times: last (one run for all; if not said), all or none", HelpName = "HOW" };
    private readonly Option<string?> _concurrency = new("--concurrency") { Description = "A run that is due while another runs: forbid (it waits; if not said), allow or replace", HelpName = "HOW" };
    private readonly Option<string?> _delivery = new("--delivery") { Description = "atLeastOnce (if not said) or atMostOnce", HelpName = "HOW" };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "Environment variable", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _fetch = new("--fetch") { Description = "Fetched into the sandbox first; archives are extracted", HelpName = "URI", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _constraints = new("--constraint") { Description = "Where it may run, as in rack:EQUALS:r7 (EQUALS, LIKE, UNLIKE)", HelpName = "TEXT", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _image = new("--image") { Description = "Image of its container", HelpName = "IMAGE" };
    private readonly Option<string?> _user = new("--user") { Description = "User to run as", HelpName = "NAME" };
    private readonly Option<string?> _owner = new("--owner") { Description = "Mail addresses of its owners, with commas", HelpName = "ADDRESSES" };
    private readonly Option<string?> _ownerName = new("--owner-name") { Description = "Name of its owner", HelpName = "NAME" };
    private readonly Option<string?> _description = new("--description") { Description = "For people", HelpName = "TEXT" };
    private readonly Option<string?> _webhook = new("--webhook") { Description = "Told of failure, recovery and lateness, as a POST", HelpName = "URL" };
    private readonly Option<string[]> _notifyOn = new("--notify-on") { Description = "Of what the webhook is told: failure, recovery, late (default: all)", HelpName = "EVENTS", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _disabled = Flag("--disabled", "Do not run it until it is enabled");
    private readonly Option<bool> _highPriority = Flag("--high-priority", "Launch it before runs of other jobs");
    private readonly Option<bool> _softError = Flag("--soft-error", "Its failure triggers the jobs after it like a success");
    private readonly Option<bool> _async = Flag("--async", "A run is over when it is told so, not when its task ends");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
    [
        _name, _schedule, _cron, _zone, _parents, _trigger, _cpus, _mem, _disk, _retries, _retryBackoff, _timeout, _epsilon, _catchUp, _concurrency, _delivery, _env, _fetch,
        _constraints, _image, _user, _owner, _ownerName, _description, _webhook, _notifyOn, _disabled, _highPriority, _softError, _async,
    ];

    /// <summary>Those given on a command line, by name.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => All.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name);

    /// <summary>The name given, if one is.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_name);

    /// <summary>The job that the options and the words of its command describe.</summary>
    /// <exception cref="CommandFailure">Values without the form they need; all of them at once.</exception>
    public JsonObject ToDocument(ParseResult parsed, IReadOnlyList<string> words)
    {
        var problems = new List<string>();
        var job = new JsonObject { ["name"] = parsed.GetValue(_name) };
        SetCommand(job, words);
        SetTimes(job, parsed, problems);
        foreach (var (field, value) in Numbers(parsed))
        {
            Set(job, field, value);
        }

        SetRetryBackoff(job, parsed.GetValue(_retryBackoff), problems);
        foreach (var (field, option) in Texts())
        {
            Set(job, field, parsed.GetValue(option));
        }

        SetLists(job, parsed, problems);
        if (parsed.GetValue(_image) is { } image)
        {
            job["container"] = new JsonObject { ["type"] = "DOCKER", ["image"] = image };
        }

        SetNotify(job, parsed, problems);
        foreach (var (field, option) in new[] { ("disabled", _disabled), ("highPriority", _highPriority), ("softError", _softError), ("async", _async) })
        {
            Set(job, field, parsed.GetValue(option) ? true : (bool?)null);
        }

        return problems.Count == 0 ? job : throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems));
    }

    /// <summary>Reads <c>NAME=VALUE</c> as the API has variables.</summary>
    public static JsonArray Variables(IEnumerable<string> texts, List<string> problems)
    {
        var list = new JsonArray();
        foreach (var text in texts)
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut > 0)
            {
                list.Add(new JsonObject { ["name"] = text[..cut], ["value"] = text[(cut + 1)..] });
            }
            else
            {
                problems.Add($"--env is '{text}'; it must be NAME=VALUE");
            }
        }

        return list;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Arity = ArgumentArity.Zero, Description = description };

    private static void SetCommand(JsonObject job, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        job["command"] = words[0];
        if (words.Count > 1)
        {
            job["shell"] = false;
            job["arguments"] = new JsonArray([.. words.Skip(1).Select(word => (JsonNode)word)]);
        }
    }

    private void SetTimes(JsonObject job, ParseResult parsed, List<string> problems)
    {
        var parents = parsed.GetValue(_parents)!.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        var given = new[] { ("--schedule", parsed.GetValue(_schedule) is not null), ("--cron", parsed.GetValue(_cron) is not null), ("--parents", parents.Count > 0) }
            .Where(one => one.Item2).Select(one => one.Item1).ToList();
        if (given.Count > 1)
        {
            problems.Add($"{string.Join(" and ", given)} exclude each other: a job runs by one schedule, or after others");
        }

        if (parsed.GetResult(_parents) is { Implicit: false } && parents.Count == 0)
        {
            problems.Add("--parents names no job");
        }

        Set(job, "schedule", parsed.GetValue(_schedule));
        Set(job, "cron", parsed.GetValue(_cron));
        Set(job, "scheduleTimeZone", parsed.GetValue(_zone));
        if (parents.Count > 0)
        {
            job["parents"] = new JsonArray([.. parents.Select(parent => (JsonNode)parent)]);
        }

        Set(job, "parentTrigger", parsed.GetValue(_trigger));
    }

    private IEnumerable<(string Field, double? Value)> Numbers(ParseResult parsed) =>
    [
        ("cpus", parsed.GetValue(_cpus)), ("mem", parsed.GetValue(_mem)), ("disk", parsed.GetValue(_disk)),
        ("retries", parsed.GetValue(_retries)), ("maxCompletionTime", parsed.GetValue(_timeout)),
    ];

    private IEnumerable<(string Field, Option<string?> Option)> Texts() =>
    [
        ("epsilon", _epsilon), ("catchUp", _catchUp), ("concurrency", _concurrency), ("delivery", _delivery), ("runAsUser", _user), ("owner", _owner), ("ownerName", _ownerName),
        ("description", _description),
    ];

    private void SetLists(JsonObject job, ParseResult parsed, List<string> problems)
    {
        SetList(job, "environmentVariables", Variables(parsed.GetValue(_env)!, problems));
        SetList(job, "fetch", [.. parsed.GetValue(_fetch)!.Select(uri => new JsonObject { ["uri"] = uri })]);
        var constraints = new JsonArray();
        foreach (var text in parsed.GetValue(_constraints)!)
        {
            if (text.Split(':', 3) is [{ Length: > 0 } attribute, { Length: > 0 } operation, var value])
            {
                constraints.Add(new JsonArray(attribute, operation.ToUpperInvariant(), value));
            }
            else
            {
                problems.Add($"--constraint is '{text}'; it must be ATTRIBUTE:OPERATOR:VALUE, as in rack:EQUALS:r7");
            }
        }

        SetList(job, "constraints", constraints);
    }

    private static void SetRetryBackoff(JsonObject job, string? text, List<string> problems)
    {
        if (text is null)
        {
            return;
        }

        var numbers = text.Split(':').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : (double?)null).ToList();
        if (numbers is not [{ } initial, { } factor, { } max])
        {
            problems.Add($"--retry-backoff is '{text}'; it must be SECONDS:FACTOR:SECONDS, as in 10:2:300");
            return;
        }

        job["retryBackoff"] = new JsonObject { ["initialSeconds"] = initial, ["factor"] = factor, ["maxSeconds"] = max };
    }

    private void SetNotify(JsonObject job, ParseResult parsed, List<string> problems)
    {
        var on = parsed.GetValue(_notifyOn)!.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (parsed.GetValue(_webhook) is not { } webhook)
        {
            if (on.Count > 0)
            {
                problems.Add("--notify-on needs --webhook: it says of what the webhook is told");
            }

            return;
        }

        job["notify"] = new JsonObject { ["webhook"] = webhook };
        if (on.Count > 0)
        {
            job["notify"]!["on"] = new JsonArray([.. on.Select(name => (JsonNode)name)]);
        }
    }

    private static void Set<T>(JsonObject job, string name, T? value)
    {
        if (value is not null)
        {
            job[name] = JsonValue.Create(value);
        }
    }

    private static void SetList(JsonObject job, string name, JsonArray list)
    {
        if (list.Count > 0)
        {
            job[name] = list;
        }
    }
}
