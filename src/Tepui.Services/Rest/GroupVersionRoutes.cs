using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Versions of groups.</summary>
internal sealed class GroupVersionRoutes(ServicesLoop loop)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/groups/versions", ListAsync)
        .Map("GET", "/v2/groups/versions/{version}", GetAsync)
        .Map("GET", "/v2/groups/{id*}/versions", ListAsync)
        .Map("GET", "/v2/groups/{id*}/versions/{version}", GetAsync);

    private async Task ListAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        if (view.Tree.Group(call.Id) is not { } group)
        {
            await ServicesErrors.MissingAsync(call.Context, "Group", call.Id.Value);
            return;
        }

        var kept = view.Versions.OfGroup(call.Id);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartArray();
            foreach (var version in kept.Count > 0 ? kept : [group.Version])
            {
                json.WriteTimeValue(version);
            }

            json.WriteEndArray();
        });
    }

    private async Task GetAsync(RestCall call)
    {
        if (!Timestamps.TryParse(call["version"], out var version))
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status422UnprocessableEntity, $"The version '{call["version"]}' is no time; versions look like 2031-02-03T04:05:06.789Z");
            return;
        }

        var view = await loop.ViewAsync(call.Cancel);
        var tree = view.Tree.Group(call.Id)?.Version == version ? view.Tree : view.Versions.GroupAt(view.Tree, call.Id, version);
        await (tree?.Group(call.Id) is { } group
            ? RestAnswer.JsonAsync(call.Context, json => new GroupJson(view, tree, GroupParts.Read(call)).Write(json, group))
            : ServicesErrors.MissingAsync(call.Context, "Group", call.Id.Value, view.Tree.Group(call.Id) is null ? null : Timestamps.Text(version)));
    }
}
