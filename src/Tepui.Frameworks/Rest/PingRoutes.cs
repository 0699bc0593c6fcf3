using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Frameworks.Rest;

/// <summary>A sign of life.</summary>
public static class PingRoutes
{
    /// <summary>Adds the route.</summary>
    public static void Map(RestRouter router) => router.Map("GET", "/ping", PingAsync);

    private static Task PingAsync(RestCall call)
    {
        var request = call.Context.Request;
        return request.Takes("text/plain") ? RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "text/plain;charset=utf-8", "pong")
            : request.Takes("text/html") ? RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "text/html;charset=utf-8", "pong")
            : request.Takes("application/json") ? RestAnswer.JsonAsync(call.Context, json => json.WriteStringValue("pong"))
            : RestAnswer.EmptyAsync(call.Context, StatusCodes.Status204NoContent);
    }
}
