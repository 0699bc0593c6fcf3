using System.CommandLine;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Pods;

/// <summary><c>tepui pod rm</c></summary>
internal sealed class PodRemoveCommand : DeployingCommand
{
    private readonly Argument<string> _id = PodArguments.Id();

    public PodRemoveCommand()
        : base("rm", "Stops all instances of a pod and removes it.", "tepui pod rm web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        DeployAsync(invocation, HttpMethod.Delete, ServicesPaths.Pod(invocation.Parsed.GetRequiredValue(_id)), null, cancel);
}
