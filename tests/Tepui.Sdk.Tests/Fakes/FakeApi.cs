using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;

namespace Tepui.Sdk.Tests.Fakes;

/// <summary>A server with one v1 endpoint: keeps what it is told, sends what the test says.</summary>
internal sealed class FakeApi<TCall> : IAsyncDisposable
    where TCall : class, IMessage<TCall>, new()
{
    private readonly CallReader<TCall> _reader = new();
    private readonly Func<TCall, bool> _isSubscribe;
    private readonly Func<TCall, IMessage?> _first;
    private EventStream? _stream;
    private int _streams;

    private FakeApi(Func<TCall, bool> isSubscribe, Func<TCall, IMessage?> first)
    {
        _isSubscribe = isSubscribe;
        _first = first;
    }

    public TepuiHost Host { get; private set; } = null!;

    public string Address => $"127.0.0.1:{Host.Port}";

    public ConcurrentQueue<TCall> Subscribes { get; } = [];

    public ConcurrentQueue<TCall> Calls { get; } = [];

    public ConcurrentQueue<string> StreamIds { get; } = [];

    /// <summary>Where SUBSCRIBE is sent on to instead of being answered.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>How other calls are answered.</summary>
    public Func<TCall, (int Status, string Body)> Answers { get; set; } = _ => (202, "");

    public int Streams => Volatile.Read(ref _streams);

    public static async Task<FakeApi<TCall>> StartAsync(string path, Func<TCall, bool> isSubscribe, Func<TCall, IMessage?> first, int port = 0)
    {
        var api = new FakeApi<TCall>(isSubscribe, first);
        var router = new MesosRouter("master").Map(path, api.ServeAsync);
        api.Host = await TepuiHost.StartAsync(new TepuiHostOptions { Name = "fake", Port = port, StopTimeout = TimeSpan.Zero }, router);
        return api;
    }

    public void Send(IMessage message) => Assert.True(_stream!.TryEnqueue(new StreamRecord(message)));

    public void EndStream() => _stream!.Complete();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        if (await _reader.ReadAsync(context) is not { } call)
        {
            return;
        }

        if (!_isSubscribe(call))
        {
            Calls.Enqueue(call);
            StreamIds.Enqueue(context.Request.Headers["Mesos-Stream-Id"].ToString());
            var (status, body) = Answers(call);
            await Answer.TextAsync(context, status, body);
            return;
        }

        if (RedirectTo is { } elsewhere)
        {
            await Answer.RedirectAsync(context, elsewhere);
            return;
        }

        var id = $"stream-{Streams + 1}";
        var options = new EventStreamOptions { Headers = new Dictionary<string, string> { ["Mesos-Stream-Id"] = id } };
        var stream = new EventStream(context, Tepui.Runtime.Http.WireFormat.Protobuf, options);
        if (_first(call) is { } first)
        {
            stream.TryEnqueue(new StreamRecord(first));
        }

        _stream = stream;
        Subscribes.Enqueue(call);
        Interlocked.Increment(ref _streams);
        await stream.RunAsync(Host.Stopping);
    }
}
