using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job backfill</c></summary>
internal sealed class JobBackfillCommand : JobsClientCommand
{
    // More runs than this are asked for first.
    private const long RunsUnasked = 1000;

    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Option<string> _from = new("--from") { Description = "First time, as in 2031-05-01T06:30:00Z; a day begins at midnight UTC", HelpName = "TIME", Required = true };
    private readonly Option<string?> _to = new("--to") { Description = "Last time (default: now)", HelpName = "TIME" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Only show how many runs there would be, and the first and the last time" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = $"Do not ask before making more than {RunsUnasked} runs" };

    public JobBackfillCommand()
        : base("backfill", "Runs a job for all times of its schedule in a range, one after the other. Asks first if these are many; 'tepui job kill' ends what is left.", "tepui job backfill nightly --from 2026-11-01 --to 2026-11-08T00:00:00Z", "tepui job backfill nightly --from 2026-01-01 --dry-run")
    {
        Arguments.Add(_name);
        Options.Add(_from);
        Options.Add(_to);
        Options.Add(_dryRun);
        Options.Add(_yes);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var name = invocation.Parsed.GetRequiredValue(_name);
        var problems = new List<string>();
        var from = Read("--from", invocation.Parsed.GetRequiredValue(_from), problems);
        var to = invocation.Parsed.GetValue(_to) is { } text ? Read("--to", text, problems) : TimeProvider.System.GetUtcNow();
        if (problems.Count == 0 && from > to)
        {
            problems.Add($"--from is {Text.Iso(from)}, after --to, which is {Text.Iso(to)}");
        }

        if (problems.Count > 0)
        {
            throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems));
        }

        var body = new JsonObject { ["from"] = Text.Iso(from), ["to"] = Text.Iso(to) };
        if (invocation.Parsed.GetValue(_dryRun))
        {
            Print(invocation, name, await PlanAsync(invocation, name, body, cancel));
            return ExitCode.Ok;
        }

        if (!invocation.Parsed.GetValue(_yes) && await PlanAsync(invocation, name, body, cancel) is var plan && plan.Number("runs") > RunsUnasked)
        {
            await Console.Error.WriteLineAsync(Sentence(name, plan));
            await Confirmation.AskAsync(isInputRead: false, "Give --yes to do it.", cancel);
        }

        var answer = await JobLookup.AskAsync(
            invocation.Client, name, () => invocation.Client.SendUnrepeatedAsync(HttpMethod.Post, JobsPaths.Job(name, "/backfill"), body, $"tepui job runs {name}", cancel), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer.Body);
        }
        else
        {
            Console.Out.WriteLine($"{Fields.Plain(answer.Body.Number("runs") ?? 0)} runs of {name} from {Text.Iso(from)} to {Text.Iso(to)}");
        }

        return ExitCode.Ok;
    }

    private static async Task<JsonNode?> PlanAsync(JobsInvocation invocation, string name, JsonObject body, CancellationToken cancel) =>
        (await JobLookup.AskAsync(invocation.Client, name, () => invocation.Client.SendAsync(HttpMethod.Post, JobsPaths.Job(name, "/backfill?dryRun=true"), body, cancel), cancel)).Body;

    private static void Print(JobsInvocation invocation, string name, JsonNode? plan)
    {
        if (invocation.IsJson)
        {
            JsonOutput.Write(plan);
        }
        else
        {
            Console.Out.WriteLine(Sentence(name, plan));
        }
    }

    private static string Sentence(string name, JsonNode? plan) => $"{Fields.Plain(plan.Number("runs") ?? 0)} runs of {name} would be made, for {Text.Iso(plan.Time("first"))} to {Text.Iso(plan.Time("last"))}";

    private static DateTimeOffset Read(string option, string text, List<string> problems)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, styles, out var time))
        {
            return time;
        }

        problems.Add($"{option} is '{text}'; it must be a time as in 2031-05-01T06:30:00Z, or a day as in 2031-05-01");
        return default;
    }
}
