using System.Net.Sockets;
using System.Text;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Runtime.Http;
using WireFormat = Tepui.Runtime.Http.WireFormat;

namespace Tepui.Runtime.Tests.Http;

public sealed class EventStreamTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_RecordsThenComplete_AreOneChunkEach()
    {
        await using var server = await StreamServer.StartAsync();
        var answer = server.Server.RawAsync("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var stream = await server.Opened.WaitAsync(s_limit);

        Assert.True(stream.TryEnqueue(new StreamRecord(new Event { Type = Event.Types.Type.Heartbeat })));
        Assert.True(stream.TryEnqueue(Error("no")));
        stream.Complete();

        var text = await answer;
        Assert.Contains("Content-Type: application/json\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Mesos-Stream-Id: abc\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n17\r\n20\n{\"type\":\"HEARTBEAT\"}\r\n2c\r\n41\n{\"type\":\"ERROR\",\"error\":{\"message\":\"no\"}}\r\n0\r\n\r\n", text, StringComparison.Ordinal);
        Assert.Equal(EventStreamEnd.Completed, await server.Ended.WaitAsync(s_limit));
        Assert.False(stream.TryEnqueue(Error("late")));
    }

    [Fact]
    public async Task Run_BeforeTheFirstRecord_HeadersAreSent()
    {
        await using var server = await StreamServer.StartAsync();

        using var answer = await server.Server.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead).WaitAsync(s_limit);

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Run_PeerLeaves_EndsAsDisconnected()
    {
        await using var server = await StreamServer.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Server.Host.Endpoint);
            await client.GetStream().WriteAsync("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            await server.Opened.WaitAsync(s_limit);
        }

        Assert.Equal(EventStreamEnd.Disconnected, await server.Ended.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Enqueue_ReaderNeverReads_IsCutOffWithBoundedMemory()
    {
        await using var server = await StreamServer.StartAsync(new EventStreamOptions { BufferBytes = 1_000_000 });
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(server.Server.Host.Endpoint);
        await client.GetStream().WriteAsync("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        var stream = await server.Opened.WaitAsync(s_limit);

        var record = Error(new string('x', 50_000));
        var accepted = 0;
        while (stream.TryEnqueue(record))
        {
            Assert.True(++accepted < 100_000, "never cut off");
            Assert.True(stream.WaitingBytes <= 1_100_000);
            await Task.Yield();
        }

        Assert.Equal(EventStreamEnd.TooSlow, await server.Ended.WaitAsync(s_limit));
        Assert.False(stream.TryEnqueue(record));
    }

    [Fact]
    public async Task Run_ReaderStalls_IsCutOffAfterTheStallTimeout()
    {
        await using var server = await StreamServer.StartAsync(new EventStreamOptions { StallTimeout = TimeSpan.FromMilliseconds(200) });
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(server.Server.Host.Endpoint);
        await client.GetStream().WriteAsync("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        var stream = await server.Opened.WaitAsync(s_limit);

        stream.TryEnqueue(Error(new string('x', 20_000_000)));

        Assert.Equal(EventStreamEnd.TooSlow, await server.Ended.WaitAsync(s_limit));
    }

    [Fact]
    public async Task Enqueue_OneRecordLargerThanTheBuffer_IsSent()
    {
        await using var server = await StreamServer.StartAsync(new EventStreamOptions { BufferBytes = 1000 });
        var answer = server.Server.RawAsync("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var stream = await server.Opened.WaitAsync(s_limit);

        Assert.True(stream.TryEnqueue(Error(new string('x', 50_000_000))));
        Assert.True(stream.TryEnqueue(Error("what follows is not held against the reader")));
        stream.Complete();

        Assert.True((await answer).Length > 50_000_000);
        Assert.Equal(EventStreamEnd.Completed, await server.Ended.WaitAsync(s_limit));
    }

    [Fact]
    public void Framed_ManySubscribers_ShareOneSerialisation()
    {
        var record = Error("no");

        Assert.True(record.Framed(WireFormat.Json).Equals(record.Framed(WireFormat.Json)));
        Assert.Equal("41\n{\"type\":\"ERROR\",\"error\":{\"message\":\"no\"}}", Encoding.UTF8.GetString(record.Framed(WireFormat.Json).Span));
        var binary = record.Framed(WireFormat.Protobuf).Span;
        Assert.Equal("no", Event.Parser.ParseFrom(binary[(binary.IndexOf((byte)'\n') + 1)..].ToArray()).Error.Message);
    }

    private static StreamRecord Error(string message) =>
        new(new Event { Type = Event.Types.Type.Error, Error = new Event.Types.Error { Message = message } });

    private sealed class StreamServer : IAsyncDisposable
    {
        private readonly TaskCompletionSource<EventStream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<EventStreamEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public required TestServer Server { get; init; }

        public Task<EventStream> Opened => _opened.Task;

        public Task<EventStreamEnd> Ended => _ended.Task;

        public static async Task<StreamServer> StartAsync(EventStreamOptions? options = null)
        {
            StreamServer? made = null;
            var with = (options ?? new EventStreamOptions()) with { Headers = new Dictionary<string, string> { ["Mesos-Stream-Id"] = "abc" } };
            var router = new MesosRouter("master").Map("/stream", async context =>
            {
                var stream = new EventStream(context, WireFormat.Json, with);
                made!._opened.SetResult(stream);
                made._ended.SetResult(await stream.RunAsync(CancellationToken.None));
            });
            made = new StreamServer { Server = await TestServer.StartAsync(router) };
            return made;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
