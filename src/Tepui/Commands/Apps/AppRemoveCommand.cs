using System.CommandLine;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app rm</c></summary>
internal sealed class AppRemoveCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public AppRemoveCommand()
        : base("rm", "Stops all instances of an app and removes it and its volumes.", "tepui app rm web", "tepui app rm web --force") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        DeployAsync(invocation, HttpMethod.Delete, ServicesPaths.App(invocation.Parsed.GetRequiredValue(_id)), null, cancel);
}
