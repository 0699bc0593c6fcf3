using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Commands;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Addresses that events are posted to.</summary>
internal sealed class CallbackRoutes(ServicesLoop loop, RestCommands commands)
{
    private const int UrlMax = 2048;

    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/eventSubscriptions", ListAsync)
        .Map("POST", "/v2/eventSubscriptions", call => SetAsync(call, subscribed: true))
        .Map("DELETE", "/v2/eventSubscriptions", call => SetAsync(call, subscribed: false));

    private async Task ListAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteTexts("callbackUrls"u8, view.Callbacks);
            json.WriteEndObject();
        });
    }

    private async Task SetAsync(RestCall call, bool subscribed)
    {
        var url = call.Text("callbackUrl") ?? "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || Encoding.UTF8.GetByteCount(url) > UrlMax)
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"callbackUrl is '{(url.Length > 100 ? url[..100] + "..." : url)}'; it must be an http or https address of at most {UrlMax} bytes");
            return;
        }

        await commands.RunAsync(call, new ServicesCommand.SetCallback(url, subscribed), _ => AnswerAsync(call, url, subscribed));
    }

    private static Task AnswerAsync(RestCall call, string url, bool subscribed) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WriteString("callbackUrl"u8, url);
        json.WriteString("clientIp"u8, call.Origin.ClientIp);
        json.WriteString("eventType"u8, subscribed ? "subscribe_event" : "unsubscribe_event");
        json.WriteEndObject();
    });
}
