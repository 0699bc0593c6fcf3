using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app suspend</c></summary>
internal sealed class AppSuspendCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public AppSuspendCommand()
        : base("suspend", "Stops all instances of an app and keeps its definition. 'tepui app scale' starts it again.", "tepui app suspend web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = invocation.Parsed.GetRequiredValue(_id);
        var app = await AppLookup.GetAsync(invocation.Client, id, cancel);
        return await DeployAsync(invocation, HttpMethod.Patch, ServicesPaths.App(id), AppUpdate.Keeping(app, new JsonObject { ["instances"] = 0 }), cancel);
    }
}
