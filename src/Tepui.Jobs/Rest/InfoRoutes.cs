using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Who the scheduler is.</summary>
internal sealed class InfoRoutes(RestParts parts)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("GET", "/leader", LeaderAsync)
        .Map("GET", "/info", InfoAsync);

    private Task LeaderAsync(RestCall call) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WriteString("leader"u8, parts.Identity.Leader);
        json.WriteEndObject();
    });

    private async Task InfoAsync(RestCall call)
    {
        var view = await parts.Loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, parts.Settings.FrameworkName);
            json.WriteString("version"u8, typeof(InfoRoutes).Assembly.GetName().Version!.ToString(3));
            json.WriteString("leader"u8, parts.Identity.Leader);
            json.WriteString("frameworkId"u8, view.Framework.Value);
            json.WriteTextOrNull("master"u8, view.Master);
            json.WriteNumber("jobs"u8, view.Jobs.Count);
            json.WriteNumber("openRuns"u8, view.OpenRuns.Count);
            json.WriteNumber("queued"u8, view.Queue);
            json.WriteNumber("highQueued"u8, view.HighQueue);
            json.WriteNumber("offersHeld"u8, view.OffersHeld);
            json.WriteNumber("noticesWaiting"u8, view.NoticesWaiting);
            json.WriteEndObject();
        });
    }
}
