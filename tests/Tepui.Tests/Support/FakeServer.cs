using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tepui.Tests.Support;

/// <summary>A server that answers what a test lays out; it remembers what it was asked.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Queue<Answer>> _answers = new(StringComparer.Ordinal);
    private readonly List<Request> _requests = [];

    private FakeServer(WebApplication app) => _app = app;

    /// <summary>One request.</summary>
    internal sealed record Request(string Line, string? Key, string Body);

    private sealed record Answer(int Status, string Body, string? Deployment, string? Warning, bool IsCut);

    /// <summary>Its address.</summary>
    public string Address => _app.Urls.First();

    /// <summary>All that it was asked, in order.</summary>
    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeServer(app);
        app.Run(fake.ServeAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>Lays out an answer for a method and path; the last one laid out is given again and again.</summary>
    public FakeServer On(string line, int status, string body = "", string? deployment = null, string? warning = null)
    {
        _answers.GetOrAdd(line, _ => []).Enqueue(new(status, body, deployment, warning, IsCut: false));
        return this;
    }

    /// <summary>Takes the request and cuts the connection before it answers.</summary>
    public FakeServer Cut(string line)
    {
        _answers.GetOrAdd(line, _ => []).Enqueue(new(0, "", null, null, IsCut: true));
        return this;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var line = $"{context.Request.Method} {context.Request.Path.Value}{context.Request.QueryString.Value}";
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Answer? answer;
        lock (_requests)
        {
            _requests.Add(new(line, context.Request.Headers.TryGetValue("Idempotency-Key", out var key) ? key.ToString() : null, body));
            answer = !_answers.TryGetValue(line, out var queue) ? null : queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }

        if (answer is { IsCut: true })
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer?.Status ?? 404;
        if (answer?.Deployment is { } deployment)
        {
            context.Response.Headers["Marathon-Deployment-Id"] = deployment;
        }

        if (answer?.Warning is { } warning)
        {
            context.Response.Headers["X-Tepui-Warning"] = warning;
        }

        await context.Response.WriteAsync(answer?.Body ?? $$"""{"message":"no answer is laid out for {{line}}"}""");
    }
}
