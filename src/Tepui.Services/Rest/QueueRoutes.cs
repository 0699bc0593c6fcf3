using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>The launch queue.</summary>
internal sealed class QueueRoutes(ServicesLoop loop, RestCommands commands)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/queue", ListAsync)
        .Map("DELETE", "/v2/queue/{id*}/delay", call => commands.RunAsync(
            call, new ServicesCommand.ResetDelay(call.Id), _ => RestAnswer.EmptyAsync(call.Context, StatusCodes.Status204NoContent)));

    private async Task ListAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        var showOffers = call.All("embed").Contains("lastUnusedOffers", StringComparer.Ordinal);
        await RestAnswer.JsonAsync(call.Context, json => QueueJson.Write(json, view, showOffers));
    }
}
