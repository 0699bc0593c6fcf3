using System.CommandLine;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary><c>tepui deployment rollback</c></summary>
internal sealed class DeploymentRollbackCommand : ServicesClientCommand
{
    private readonly Argument<string?> _id = DeploymentArguments.Id();
    private readonly Option<bool> _noWait = new("--no-wait") { Arity = ArgumentArity.Zero, Description = "Do not wait for the end" };

    public DeploymentRollbackCommand()
        : base("rollback", "Takes a deployment back: its apps return to what they were before it.", "tepui deployment rollback 2f1c", "tepui deployment rollback web --no-wait")
    {
        Arguments.Add(_id);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var found = await DeploymentLookup.FindAsync(invocation.Client, invocation.Parsed.GetValue(_id), cancel);
        var answer = await invocation.Client.SendAsync(HttpMethod.Delete, ServicesPaths.Deployment(found.Id, "?force=false"), null, cancel);
        var id = answer.DeploymentId() ?? found.Id;
        if (!invocation.Parsed.GetValue(_noWait))
        {
            return await DeploymentWait.RunAsync(invocation, [id], throughHalts: false, cancel, isRollback: true);
        }

        if (invocation.IsJson)
        {
            JsonOutput.Write(answer.Body);
        }
        else
        {
            Console.Out.WriteLine($"deployment {id}");
        }

        return ExitCode.Ok;
    }
}
