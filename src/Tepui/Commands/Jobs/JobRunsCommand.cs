using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job runs</c></summary>
internal sealed class JobRunsCommand : JobsClientCommand
{
    private const int LimitMax = 10_000;

    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Option<int> _limit = new("--limit") { Description = "How many, the newest first", HelpName = "N", DefaultValueFactory = _ => 20 };

    public JobRunsCommand()
        : base("runs", "Lists runs of a job, the newest first.", "tepui job runs nightly", "tepui job runs nightly --limit 100 --output json | jq '.[] | select(.state == \"failed\")'")
    {
        Arguments.Add(_name);
        Options.Add(_limit);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var limit = invocation.Parsed.GetValue(_limit);
        if (limit is < 1 or > LimitMax)
        {
            throw new CommandFailure(ExitCode.Usage, $"--limit is {limit}; it must be from 1 to {LimitMax}");
        }

        var runs = await JobLookup.RunsAsync(invocation.Client, invocation.Parsed.GetRequiredValue(_name), limit, cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. runs.Select(run => run.DeepClone())]));
        }
        else
        {
            RunText.WriteTable(Console.Out, runs, TimeProvider.System.GetUtcNow());
        }

        return ExitCode.Ok;
    }
}
