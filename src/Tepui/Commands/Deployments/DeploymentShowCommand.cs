using System.CommandLine;
using Tepui.Deploying;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary><c>tepui deployment show</c></summary>
internal sealed class DeploymentShowCommand : ServicesClientCommand
{
    private readonly Argument<string?> _id = DeploymentArguments.Id();

    public DeploymentShowCommand()
        : base("show", "Shows one deployment: its steps and how far each action is.", "tepui deployment show 2f1c", "tepui deployment show web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var found = await DeploymentLookup.FindAsync(invocation.Client, invocation.Parsed.GetValue(_id), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(found.Json);
        }
        else
        {
            Write(found, Console.Out);
        }

        return ExitCode.Ok;
    }

    private static void Write(DeploymentStatus deployment, TextWriter output)
    {
        output.WriteLine($"deployment {deployment.Id}  {deployment.Words}{(deployment.Reason is { } why ? $": {why}" : "")}");
        if (deployment.Strategy is { } strategy)
        {
            output.WriteLine($"  strategy  {strategy}");
        }

        output.WriteLine($"  started   {Text.Iso(deployment.StartedAt)}");
        if (deployment.FinishedAt is { } finished)
        {
            output.WriteLine($"  ended     {Text.Iso(finished)}");
        }

        output.WriteLine();
        WriteSteps(deployment, output);
        if (deployment.Progress.Count > 0 && !deployment.IsFinished)
        {
            output.WriteLine();
            WriteProgress(deployment, output);
        }
    }

    private static void WriteSteps(DeploymentStatus deployment, TextWriter output)
    {
        var table = new Table("STEP", "ACTION", "OF", "STATE");
        var number = 0;
        foreach (var step in deployment.Json.Items("steps"))
        {
            number++;
            var state = deployment.IsSuccess || number < deployment.Step ? "done" : deployment.IsFinished ? "not done" : number == deployment.Step ? "under way" : "later";
            foreach (var action in step.Items("actions").Concat(step.Items()).Select(ActionProgress.Read))
            {
                table.Add($"{number}", action.Verb, action.Id, state);
            }
        }

        table.WriteTo(output);
    }

    private static void WriteProgress(DeploymentStatus deployment, TextWriter output)
    {
        var table = new Table("ACTION", "OF", "WANTED", "OLD", "NEW", "READY", "HEALTHY");
        foreach (var progress in deployment.Progress)
        {
            table.Add(progress.Verb, progress.Id, $"{progress.Target}", $"{progress.Old}", $"{progress.New}", $"{progress.Ready}", $"{progress.Healthy}");
        }

        table.WriteTo(output);
    }
}
