using Microsoft.AspNetCore.Http;
using Tepui.Frameworks.Events;
using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Events;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Who the scheduler is, who leads, plugins, and signs of life.</summary>
internal sealed class InfoRoutes(ServicesLoop loop, ServicesSettings settings, FrameworkIdentity identity, EventHub<ServiceEvent> events)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/info", InfoAsync)
        .Map("GET", "/v2/leader", LeaderAsync)
        .Map("DELETE", "/v2/leader", AbdicateAsync)
        .Map("GET", "/v2/plugins", PluginsAsync)
        .Map("GET", "/v2/plugins/{path*}", PluginAsync)
        .Map("PUT", "/v2/plugins/{path*}", PluginAsync)
        .Map("POST", "/v2/plugins/{path*}", PluginAsync)
        .Map("DELETE", "/v2/plugins/{path*}", PluginAsync);

    private async Task InfoAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json => InfoJson.Write(json, view, settings, identity));
    }

    private Task LeaderAsync(RestCall call) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WriteString("leader"u8, identity.Leader);
        json.WriteEndObject();
    });

    // There is no other one that could lead, so this one is elected again at once: clients see what they see at a change of leader, streams that end.
    private Task AbdicateAsync(RestCall call)
    {
        if (call.Text("backup") is not null || call.Text("restore") is not null)
        {
            return ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, "backup and restore are not supported; stop the process and copy its work directory instead");
        }

        events.EndStreams();
        return ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status200OK, "Leadership abdicated", hasDetails: true);
    }

    private static Task PluginsAsync(RestCall call) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("plugins"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Task PluginAsync(RestCall call) => ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status404NotFound, $"No plugin registered: {call["path"].Split('/')[0]}");
}
