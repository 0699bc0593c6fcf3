using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Groups.</summary>
internal sealed class GroupRoutes(ServicesLoop loop, RestCommands commands, Forecasts forecasts)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router)
    {
        router.Map("GET", "/v2/groups/apps", AppsAsync).Map("GET", "/v2/groups/{id*}/apps", AppsAsync);
        foreach (var template in new[] { "/v2/groups", "/v2/groups/{id*}" })
        {
            router.Map("GET", template, GetAsync).Map("POST", template, CreateAsync).Map("PUT", template, PutAsync).Map("PATCH", template, PatchAsync).Map("DELETE", template, DeleteAsync);
        }
    }

    private async Task GetAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await (view.Tree.Group(call.Id) is { } group
            ? RestAnswer.JsonAsync(call.Context, json => new GroupJson(view, view.Tree, GroupParts.Read(call)).Write(json, group))
            : ServicesErrors.MissingAsync(call.Context, "Group", call.Id.Value));
    }

    private async Task AppsAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        var apps = new AppJson(view, EmbedNames.OfApps(call));
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartArray();
            foreach (var app in AppRoutes.Below(view, call.Id))
            {
                apps.Write(json, app);
            }

            json.WriteEndArray();
        });
    }

    private Task CreateAsync(RestCall call)
    {
        var created = call.Id;
        return commands.WithBodyAsync(
            call,
            body =>
            {
                created = GroupDocuments.IdOf(body.Node, call.Id);
                return new ServicesCommand.CreateGroup(call.Id, body.Node) { Force = call.Flag("force", false) };
            },
            outcome =>
            {
                call.Context.Response.Headers.Location = created.Value;
                return RestCommands.DeployedAsync(call, outcome, StatusCodes.Status201Created);
            });
    }

    private Task PutAsync(RestCall call) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.PutGroup(call.Id, body.Node, call.Flag("dryRun", false)) { Force = call.Flag("force", false) },
        outcome => outcome is CommandOutcome.Planned planned ? PlanAsync(call, planned) : RestCommands.DeployedAsync(call, outcome));

    private async Task PlanAsync(RestCall call, CommandOutcome.Planned planned)
    {
        var placements = await forecasts.OfAsync(planned, call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json => PlanJson.Write(json, planned, placements));
    }

    private Task PatchAsync(RestCall call) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.PatchGroup(call.Id, body.Node),
        _ => RestAnswer.EmptyAsync(call.Context, StatusCodes.Status200OK));

    private Task DeleteAsync(RestCall call) => commands.RunAsync(
        call,
        new ServicesCommand.DeleteGroup(call.Id) { Force = call.Flag("force", false) },
        outcome => RestCommands.DeployedAsync(call, outcome));
}
