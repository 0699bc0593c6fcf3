using System.CommandLine;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job explain</c></summary>
internal sealed class JobExplainCommand : JobsClientCommand
{
    private readonly Argument<string> _name = JobArguments.Name();

    public JobExplainCommand()
        : base("explain", "Says why a job waits or does not run, and which agent came nearest to taking it.", "tepui job explain nightly") => Arguments.Add(_name);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var name = invocation.Parsed.GetRequiredValue(_name);
        var answer = await JobLookup.AskAsync(invocation.Client, name, () => invocation.Client.GetAsync(JobsPaths.Job(name, "/explain"), cancel), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer);
        }
        else
        {
            JobExplanation.Write(answer, Console.Out);
        }

        return ExitCode.Ok;
    }
}
