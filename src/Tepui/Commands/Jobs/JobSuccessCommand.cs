using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job success</c></summary>
internal sealed class JobSuccessCommand : JobsClientCommand
{
    private readonly Argument<string> _name = JobArguments.Name();

    public JobSuccessCommand()
        : base("success", "Counts a success of a job as if a run had ended well: jobs that run after it are triggered.", "tepui job success nightly") => Arguments.Add(_name);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var name = invocation.Parsed.GetRequiredValue(_name);
        _ = await JobLookup.GetAsync(invocation.Client, name, cancel);
        var answer = await invocation.Client.SendUnrepeatedAsync(HttpMethod.Put, JobsPaths.Success(name), null, $"tepui job show {name}", cancel);
        if (answer.Text.Trim().EndsWith("false", StringComparison.Ordinal))
        {
            throw new CommandFailure(ExitCode.Failure, $"no success of {name} was counted: {answer.Text.Trim()}");
        }

        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonObject { ["name"] = name, ["success"] = true });
        }
        else
        {
            Console.Out.WriteLine($"a success of {name} is counted");
        }

        return ExitCode.Ok;
    }
}
