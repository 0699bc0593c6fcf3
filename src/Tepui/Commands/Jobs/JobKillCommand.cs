using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job kill</c></summary>
internal sealed class JobKillCommand : JobsClientCommand
{
    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Argument<long?> _run = JobArguments.Run("all that run");

    public JobKillCommand()
        : base("kill", "Ends what runs of a job. A killed run is not tried again; the schedule goes on. Without RUN what waits for another attempt and all that is left of a backfill is dropped too, and told.", "tepui job kill nightly", "tepui job kill nightly 12")
    {
        Arguments.Add(_name);
        Arguments.Add(_run);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var name = invocation.Parsed.GetRequiredValue(_name);
        var run = invocation.Parsed.GetValue(_run);
        if (run is { } wanted)
        {
            _ = await JobLookup.RunAsync(invocation.Client, name, wanted, cancel);
        }

        var path = run is { } number ? JobsPaths.Run(name, number) : JobsPaths.Tasks(name);
        var answer = await JobLookup.AskAsync(invocation.Client, name, () => invocation.Client.SendAsync(HttpMethod.Delete, path, null, cancel), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonObject { ["name"] = name, ["run"] = run, ["dropped"] = answer.Warning() });
        }
        else
        {
            Console.Out.WriteLine(run is null ? $"what runs of {name} is killed" : $"run {run} of {name} is killed");
            if (answer.Warning() is { } dropped)
            {
                Console.Out.WriteLine(dropped);
            }
        }

        return ExitCode.Ok;
    }
}
