using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary><c>tepui deployment abort</c></summary>
internal sealed class DeploymentAbortCommand : ServicesClientCommand
{
    private readonly Argument<string?> _id = DeploymentArguments.Id();

    public DeploymentAbortCommand()
        : base("abort", "Ends a deployment where it is: what it has done stays, the rest is not done.", "tepui deployment abort 2f1c") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var found = await DeploymentLookup.FindAsync(invocation.Client, invocation.Parsed.GetValue(_id), cancel);
        await invocation.Client.SendAsync(HttpMethod.Delete, ServicesPaths.Deployment(found.Id, "?force=true"), null, cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonObject { ["deploymentId"] = found.Id });
        }
        else
        {
            Console.Out.WriteLine($"deployment {found.Id} aborted{(found.Steps > 0 ? $" in step {Math.Max(1, found.Step)} of {found.Steps}" : "")}");
        }

        return ExitCode.Ok;
    }
}
