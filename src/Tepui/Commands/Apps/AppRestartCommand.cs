using System.CommandLine;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app restart</c></summary>
internal sealed class AppRestartCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public AppRestartCommand()
        : base("restart", "Replaces all instances of an app by new ones, as its upgrade strategy says.", "tepui app restart web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        DeployAsync(invocation, HttpMethod.Post, ServicesPaths.App(invocation.Parsed.GetRequiredValue(_id), "/restart"), null, cancel);
}
