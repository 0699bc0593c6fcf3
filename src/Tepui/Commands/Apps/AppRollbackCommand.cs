using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app rollback</c></summary>
internal sealed class AppRollbackCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();
    private readonly Argument<string> _version = AppArguments.Version();

    public AppRollbackCommand()
        : base("rollback", "Brings an earlier version of an app back. 'tepui app diff' shows what that changes.", "tepui app rollback web previous", "tepui app rollback web 2031-02-03T04:05:06.789Z")
    {
        Arguments.Add(_id);
        Arguments.Add(_version);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = invocation.Parsed.GetRequiredValue(_id);
        var version = await AppLookup.VersionAsync(invocation.Client, id, invocation.Parsed.GetRequiredValue(_version), cancel);
        return await DeployAsync(invocation, HttpMethod.Put, ServicesPaths.App(id), new JsonObject { ["version"] = version }, cancel);
    }
}
