using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary><c>tepui deployment ls</c></summary>
internal sealed class DeploymentListCommand : ServicesClientCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Arity = ArgumentArity.Zero, Description = "Those that have ended too" };

    public DeploymentListCommand()
        : base("ls", "Lists deployments under way.", "tepui deployment ls", "tepui deployment ls --all --output json") => Options.Add(_all);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var deployments = await DeploymentLookup.ListAsync(invocation.Client, invocation.Parsed.GetValue(_all), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. deployments.Select(deployment => deployment.Json.DeepClone())]));
            return ExitCode.Ok;
        }

        var now = TimeProvider.System.GetUtcNow();
        var table = new Table("ID", "STATE", "STEP", "AGE", "CHANGES", "WHY");
        foreach (var deployment in deployments)
        {
            var step = deployment.Steps == 0 ? "-" : $"{Math.Max(1, deployment.Step)}/{deployment.Steps}";
            table.Add(
                deployment.Id, deployment.Words, deployment.IsFinished ? "-" : step, Text.Age(deployment.StartedAt, now),
                Affected(deployment), deployment.Reason?.ReplaceLineEndings(" ") ?? "");
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }

    private static string Affected(DeploymentStatus deployment) =>
        deployment.Affected.Count <= 3 ? string.Join(',', deployment.Affected) : $"{string.Join(',', deployment.Affected.Take(2))} and {deployment.Affected.Count - 2} more";
}
