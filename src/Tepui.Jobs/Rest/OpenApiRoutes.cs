using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>The description of the API for programs: a file beside this one, which tests compare with the routes and the documents.</summary>
internal static class OpenApiRoutes
{
    private static readonly string Text = Read();

    /// <summary>Adds the route.</summary>
    public static void Map(RouteTable routes) => routes.Map("GET", "/openapi.json", call => RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "application/json", Text));

    private static string Read()
    {
        using var stream = typeof(OpenApiRoutes).Assembly.GetManifestResourceStream("Tepui.Jobs.openapi.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
