using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Services.Rest;

/// <summary>The description of the API for programs.</summary>
internal static class OpenApiRoutes
{
    /// <summary>Adds the route.</summary>
    public static void Map(RestRouter router) => router.Map("GET", "/v2/openapi.json", call => RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "application/json", OpenApiDocument.Text));
}
