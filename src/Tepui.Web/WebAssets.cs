using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tepui.Web;

/// <summary>Styles, scripts and pictures, embedded in the assembly. Their addresses hold a hash of the content, so browsers may keep them for ever.</summary>
internal static class WebAssets
{
    private static readonly FrozenDictionary<string, Asset> Files = Load();

    /// <summary>The address of a file.</summary>
    public static string Url(string name) => $"/ui/_content/{Files[name].Hash}/{name}";

    /// <summary>Serves them.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/ui/_content/{hash}/{name}", (RequestDelegate)ServeAsync);

    private static Task ServeAsync(HttpContext context)
    {
        if (!Files.TryGetValue((string)context.Request.RouteValues["name"]!, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = asset.Type;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentLength = asset.Content.Length;
        return context.Response.Body.WriteAsync(asset.Content).AsTask();
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(WebAssets).Assembly;
        return assembly.GetManifestResourceNames().ToFrozenDictionary(name => name, name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new Asset(TypeOf(name), Hash(content), content);
        });
    }

    /// <summary>FNV-1a: it only has to change with the content, and loads no library for it.</summary>
    private static string Hash(byte[] content)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in content)
        {
            hash = (hash ^ part) * 1099511628211UL;
        }

        return hash.ToString("x16");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private sealed record Asset(string Type, string Hash, byte[] Content);
}
