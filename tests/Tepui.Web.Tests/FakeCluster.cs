using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tepui.Protocol.RecordIo;
using Tepui.Protocol.V1.Master;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Web.Tests;

/// <summary>A server that answers as a master with one agent, from what a test put into it, and serves the web page on the same port.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<Channel<Event>, bool> _subscribers = new();

    private FakeCluster(WebApplication app) => _app = app;

    public Response.Types.GetAgents Agents { get; } = new();

    public Response.Types.GetFrameworks Frameworks { get; } = new();

    public Response.Types.GetTasks Tasks { get; } = new();

    public ConcurrentDictionary<string, double> Metrics { get; } = new();

    /// <summary>Content of files by full path.</summary>
    public ConcurrentDictionary<string, string> Files { get; } = new();

    /// <summary>Answer every request to the master with 503.</summary>
    public bool Down { get; set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public int Subscribers => _subscribers.Count;

    /// <summary>The services of the cluster, on the same port below <c>/svc/</c>.</summary>
    public FakeServices Services { get; } = new();

    /// <summary>The jobs scheduler of the cluster, on the same port below <c>/sched/</c>.</summary>
    public FakeJobs Jobs { get; } = new();

    /// <summary>Starts it; the page is told of the services and the jobs scheduler or not.</summary>
    public static async Task<FakeCluster> StartAsync(bool services = false, bool jobs = false, bool jobsFirst = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        FakeCluster? cluster = null;
        builder.Services.AddTepuiWeb(() => cluster!.Address, services ? () => new Uri(cluster!.Address, "svc/") : null, jobs ? () => new Uri(cluster!.Address, "sched/") : null, jobsFirst);
        var app = builder.Build();
        cluster = new FakeCluster(app);
        app.UseRouting();
        cluster.MapMaster();
        cluster.Services.Map(app);
        cluster.Jobs.Map(app);
        app.MapTepuiWeb();
        app.UseEndpoints(_ => { });
        await app.StartAsync();
        cluster.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return cluster;
    }

    public void Publish(Event change)
    {
        foreach (var subscriber in _subscribers.Keys)
        {
            subscriber.Writer.TryWrite(change);
        }
    }

    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        foreach (var subscriber in _subscribers.Keys)
        {
            subscriber.Writer.TryComplete();
        }

        Services.EndStreams();
        Jobs.EndStreams();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void MapMaster()
    {
        _app.MapGet("/state", context => context.Response.WriteAsync("{\"api\":true}"));
        _app.MapPost("/api/v1", ServeCallAsync);
        _app.MapGet("/metrics/snapshot", context => UnlessDown(context, () => context.Response.WriteAsJsonAsync(Metrics)));
        _app.MapGet("/tepui/usage", context => UnlessDown(context, () => context.Response.WriteAsync("{\"agents\":[" + string.Join(',', Agents.Agents.Select(Usage)) + "]}")));
        _app.MapGet("/files/browse", BrowseAsync);
        _app.MapGet("/files/read", ReadAsync);
        _app.MapGet("/files/download", DownloadAsync);
    }

    private static string Usage(Response.Types.GetAgents.Types.Agent agent) =>
        $"{{\"id\":\"{agent.AgentInfo.Id.Value}\",\"reported\":true,\"used\":{{\"cpus\":1.25,\"mem_bytes\":1073741824,\"disk_bytes\":1}},"
        + "\"allocated\":{\"cpus\":3,\"mem_bytes\":2147483648,\"disk_bytes\":2},\"total\":{\"cpus\":8,\"mem_bytes\":8589934592,\"disk_bytes\":4}}";

    private Task UnlessDown(HttpContext context, Func<Task> serve)
    {
        if (!Down)
        {
            return serve();
        }

        context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
        return Task.CompletedTask;
    }

    private Task ServeCallAsync(HttpContext context) => UnlessDown(context, async () =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = Call.Parser.ParseFrom(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
        if (call.Type == Call.Types.Type.Subscribe)
        {
            await SubscribeAsync(context);
            return;
        }

        var response = call.Type switch
        {
            Call.Types.Type.GetAgents => new Response { Type = Response.Types.Type.GetAgents, GetAgents = Agents },
            Call.Types.Type.GetFrameworks => new Response { Type = Response.Types.Type.GetFrameworks, GetFrameworks = Frameworks },
            Call.Types.Type.GetTasks => new Response { Type = Response.Types.Type.GetTasks, GetTasks = Tasks },
            _ => throw new NotSupportedException(call.Type.ToString()),
        };
        await context.Response.Body.WriteAsync(response.ToByteArray());
    });

    private async Task SubscribeAsync(HttpContext context)
    {
        var channel = Channel.CreateUnbounded<Event>();
        var state = new Response.Types.GetState { GetAgents = Agents, GetFrameworks = Frameworks, GetTasks = Tasks, GetExecutors = new() };
        channel.Writer.TryWrite(new Event { Type = Event.Types.Type.Subscribed, Subscribed = new() { GetState = state.Clone(), HeartbeatIntervalSeconds = 15 } });
        _subscribers[channel] = true;
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(context.RequestAborted))
            {
                RecordWriter.WriteProtobuf(context.Response.BodyWriter, change);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page went.
        }
        finally
        {
            _subscribers.TryRemove(channel, out _);
        }
    }

    private Task BrowseAsync(HttpContext context)
    {
        var directory = context.Request.Query["path"].ToString() + "/";
        var inside = Files.Where(file => file.Key.StartsWith(directory, StringComparison.Ordinal)).ToList();
        if (inside.Count == 0)
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        var entries = inside
            .GroupBy(file => file.Key[directory.Length..].Split('/')[0], StringComparer.Ordinal)
            .Select(entry => new
            {
                path = directory + entry.Key,
                nlink = 1,
                size = entry.Sum(file => file.Value.Length),
                mtime = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                mode = entry.Any(file => file.Key.Length > directory.Length + entry.Key.Length) ? "drwxr-xr-x" : "-rw-r--r--",
                uid = "root",
                gid = "root",
            });
        return context.Response.WriteAsJsonAsync(entries);
    }

    private Task ReadAsync(HttpContext context)
    {
        if (!Files.TryGetValue(context.Request.Query["path"].ToString(), out var content))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        var bytes = Encoding.UTF8.GetBytes(content);
        var offset = long.Parse(context.Request.Query["offset"].ToString());
        var length = int.Parse(context.Request.Query["length"].ToString());
        return offset < 0
            ? context.Response.WriteAsJsonAsync(new { data = "", offset = bytes.Length })
            : context.Response.WriteAsJsonAsync(new { data = Encoding.UTF8.GetString(bytes.AsSpan((int)offset, Math.Min(length, bytes.Length - (int)offset))), offset });
    }

    private Task DownloadAsync(HttpContext context) => context.Response.WriteAsync(Files[context.Request.Query["path"].ToString()]);
}
