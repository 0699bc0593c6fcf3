using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary><c>/v2/apps</c>, <c>/v2/apps/{id}</c> and restart.</summary>
internal sealed class AppRoutes(ServicesLoop loop, RestCommands commands)
{
    private const Embeds Always = Embeds.Counts | Embeds.Deployments;

    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/apps", ListAsync)
        .Map("POST", "/v2/apps", CreateAsync)
        .Map("PUT", "/v2/apps", call => PutAllAsync(call, mustExist: false))
        .Map("PATCH", "/v2/apps", call => PutAllAsync(call, mustExist: true))
        .Map("POST", "/v2/apps/{id*}/restart", RestartAsync)
        .Map("GET", "/v2/apps/{id*}", GetAsync)
        .Map("PUT", "/v2/apps/{id*}", call => PutAsync(call, mustExist: false))
        .Map("PATCH", "/v2/apps/{id*}", call => PutAsync(call, mustExist: true))
        .Map("DELETE", "/v2/apps/{id*}", DeleteAsync);

    /// <summary>The apps below a group, however deep.</summary>
    public static IEnumerable<AppSpec> Below(ServicesView view, PathId group) => view.Tree.Specs.Values.OfType<AppSpec>().Where(app => app.Id.IsBelow(group));

    /// <summary>Whether an address means all apps below a group (<c>…/*</c>); gives the group.</summary>
    public static bool IsGroup(RestCall call, out PathId group)
    {
        var text = call["id"];
        var isGroup = text == "*" || text.EndsWith("/*", StringComparison.Ordinal);
        group = isGroup ? PathId.Resolve(text[..^1], PathId.Root) : default;
        return isGroup;
    }

    private async Task ListAsync(RestCall call)
    {
        var filter = AppFilter.Read(call, out var problem);
        if (filter is null)
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status422UnprocessableEntity, problem);
            return;
        }

        var view = await loop.ViewAsync(call.Cancel);
        var apps = new AppJson(view, Always | EmbedNames.OfApps(call));
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("apps"u8);
            foreach (var app in view.Tree.Specs.Values.OfType<AppSpec>().Where(filter.Matches))
            {
                apps.Write(json, app);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Task CreateAsync(RestCall call) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.CreateApp(body.Node) { Force = call.Flag("force", false) },
        outcome =>
        {
            var deployed = (CommandOutcome.Deployed)outcome;
            var app = (AppSpec)deployed.Spec!;
            call.Context.Response.Headers.Location = app.Id.Value;
            RestCommands.SetDeployment(call, deployed);
            return RestAnswer.JsonAsync(call.Context, StatusCodes.Status201Created, json => AppJson.WriteCreated(json, app, deployed.Deployment));
        });

    private Task PutAllAsync(RestCall call, bool mustExist) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.PutApps(body.Node, mustExist || call.Flag("partialUpdate", true), mustExist) { Force = call.Flag("force", false) },
        outcome => RestCommands.DeployedAsync(call, outcome));

    private Task PutAsync(RestCall call, bool mustExist) => commands.WithBodyAsync(
        call,
        body => new ServicesCommand.PutApp(call.Id, body.Node, mustExist || call.Flag("partialUpdate", true), mustExist) { Force = call.Flag("force", false) },
        outcome => RestCommands.DeployedAsync(call, outcome, ((CommandOutcome.Deployed)outcome).Created ? StatusCodes.Status201Created : StatusCodes.Status200OK));

    private Task DeleteAsync(RestCall call) => commands.RunAsync(
        call,
        new ServicesCommand.DeleteApp(call.Id) { Force = call.Flag("force", true) },
        outcome => RestCommands.DeployedAsync(call, outcome));

    private Task RestartAsync(RestCall call) => commands.RunAsync(
        call,
        new ServicesCommand.RestartApp(call.Id) { Force = call.Flag("force", false) },
        outcome => RestCommands.DeployedAsync(call, outcome));

    private async Task GetAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        if (IsGroup(call, out var group))
        {
            await GetGroupAsync(call, view, group);
            return;
        }

        if (view.Tree.App(call.Id) is not { } app)
        {
            await ServicesErrors.MissingAsync(call.Context, "App", call.Id.Value);
            return;
        }

        var apps = new AppJson(view, Always | Embeds.Tasks | Embeds.LastTaskFailure | EmbedNames.OfApps(call));
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("app"u8);
            apps.Write(json, app);
            json.WriteEndObject();
        });
    }

    private static async Task GetGroupAsync(RestCall call, ServicesView view, PathId group)
    {
        if (view.Tree.Group(group) is null)
        {
            await ServicesErrors.MissingAsync(call.Context, "Group", group.Value);
            return;
        }

        var apps = new AppJson(view, Always | Embeds.Tasks | EmbedNames.OfApps(call));
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("*"u8);
            foreach (var app in Below(view, group))
            {
                apps.Write(json, app);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
