using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tepui.Jobs.Tests.Notices;

/// <summary>An HTTP server that keeps what it is sent.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _web;

    private Receiver(WebApplication web) => _web = web;

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, JsonNode Json)> Requests { get; } = new();

    /// <summary>Its answer to all.</summary>
    public int Status { get; set; } = 200;

    /// <summary>It never answers.</summary>
    public bool Hangs { get; set; }

    public Uri Url => new(_web.Urls.Single());

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var receiver = new Receiver(web);
        web.Run(receiver.TakeAsync);
        await web.StartAsync();
        return receiver;
    }

    /// <summary>Waits for so many requests.</summary>
    public async Task<IReadOnlyList<JsonNode>> BodiesAsync(int count)
    {
        await Wait.UntilAsync(() => Requests.Count >= count, () => $"{count} requests came; there are {Requests.Count}");
        return [.. Requests.Select(request => request.Json)];
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var json = await JsonNode.ParseAsync(context.Request.Body);
        Requests.Enqueue((context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => $"{header.Value}", StringComparer.OrdinalIgnoreCase), json!));
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        context.Response.StatusCode = Status;
        context.Response.Headers.Location = "/elsewhere";
    }
}
