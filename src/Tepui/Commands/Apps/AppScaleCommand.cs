using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app scale</c></summary>
internal sealed class AppScaleCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();
    private readonly Argument<int> _instances = new("N") { Description = "How many instances" };

    public AppScaleCommand()
        : base("scale", "Changes how many instances an app has.", "tepui app scale web 5")
    {
        Arguments.Add(_id);
        Arguments.Add(_instances);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = invocation.Parsed.GetRequiredValue(_id);
        var instances = invocation.Parsed.GetRequiredValue(_instances);
        var app = await AppLookup.GetAsync(invocation.Client, id, cancel);
        return await DeployAsync(invocation, HttpMethod.Patch, ServicesPaths.App(id), AppUpdate.Keeping(app, new JsonObject { ["instances"] = instances }), cancel);
    }
}
