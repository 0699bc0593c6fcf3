using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Live;

/// <summary>A stream of server-sent events to one browser. Data is JSON text, so it may hold line feeds.</summary>
internal sealed class ServerEvents(HttpResponse response)
{
    public async Task BeginAsync(CancellationToken cancel)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync("retry: 1000\n\n", cancel);
        await response.Body.FlushAsync(cancel);
    }

    public async Task SendAsync(string? name, string data, CancellationToken cancel)
    {
        var head = name is null ? "" : $"event: {name}\n";
        await response.WriteAsync($"{head}data: {JsonSerializer.Serialize(data)}\n\n", cancel);
        await response.Body.FlushAsync(cancel);
    }

    /// <summary>A comment, which browsers ignore: finds out that the other side is gone.</summary>
    public async Task PingAsync(CancellationToken cancel)
    {
        await response.WriteAsync(":\n\n", cancel);
        await response.Body.FlushAsync(cancel);
    }
}
