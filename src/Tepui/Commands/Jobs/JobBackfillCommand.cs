using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job backfill</c></summary>
internal sealed class JobBackfillCommand : JobsClientCommand
{
    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Option<string> _from = new("--from") { Description = "First time, as in 2031-05-01T06:30:00Z; a day begins at midnight UTC", HelpName = "TIME", Required = true };
    private readonly Option<string?> _to = new("--to") { Description = "Last time (default: now)", HelpName = "TIME" };

    public JobBackfillCommand()
        : base("backfill", "Runs a job for all times of its schedule in a range, one after the other.", "tepui job backfill nightly --from 2026-11-01 --to 2026-11-08T00:00:00Z")
    {
        Arguments.Add(_name);
        Options.Add(_from);
        Options.Add(_to);
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
