using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Tepui.Protocol.Link;
using Tepui.Runtime.Http;
using Tepui.Runtime.Link;
using Tepui.Runtime.Tests.Http;

namespace Tepui.Runtime.Tests.Link;

public sealed class FrameLinkTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Link_BothWays_CarriesFramesInOrder()
    {
        await using var master = await LinkMaster.StartAsync();
        await using var agent = await AgentLink.OpenAsync(master.Server.Host.Port);
        var accepted = await master.Accepted.WaitAsync(s_limit);

        for (var i = 0; i < 1000; i++)
        {
            Assert.True(agent.Link.TrySend(new AgentFrame { Register = new AgentFrame.Types.Register { AgentInfo = new Protocol.V1.AgentInfo { Hostname = $"h{i}" }, Version = "1", Ip = "127.0.0.1" } }));
            Assert.True(accepted.TrySend(new MasterFrame { Epoch = (ulong)i, Ping = new MasterFrame.Types.Ping { Connected = true } }));
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal($"h{i}", (await master.Received.ReadAsync().AsTask().WaitAsync(s_limit)).Register.AgentInfo.Hostname);
            Assert.Equal((ulong)i, (await agent.Received.ReadAsync().AsTask().WaitAsync(s_limit)).Epoch);
        }
    }

    [Fact]
    public async Task Link_AgentCloses_MasterSeesTheEnd()
    {
        await using var master = await LinkMaster.StartAsync();
        var agent = await AgentLink.OpenAsync(master.Server.Host.Port);
        await master.Accepted.WaitAsync(s_limit);

        await agent.DisposeAsync();

        await master.Ended.WaitAsync(s_limit);
    }

    [Fact]
    public async Task Link_MasterCompletes_WhatWasSentArrivesFirst()
    {
        await using var master = await LinkMaster.StartAsync();
        await using var agent = await AgentLink.OpenAsync(master.Server.Host.Port);
        var accepted = await master.Accepted.WaitAsync(s_limit);

        accepted.TrySend(new MasterFrame { Epoch = 7, Shutdown = new MasterFrame.Types.Shutdown { Message = "bye" } });
        accepted.Complete();

        Assert.Equal("bye", (await agent.Received.ReadAsync().AsTask().WaitAsync(s_limit)).Shutdown.Message);
        await agent.Running.WaitAsync(s_limit);
        Assert.False(accepted.TrySend(new MasterFrame { Epoch = 8 }));
    }

    [Fact]
    public async Task Link_Garbage_EndsItAndTheServerLives()
    {
        await using var master = await LinkMaster.StartAsync();
        await using (var stream = await LinkClient.ConnectAsync("127.0.0.1", master.Server.Host.Port, s_limit, default))
        {
            await master.Accepted.WaitAsync(s_limit);
            await stream.WriteAsync(new byte[] { 0xff, 0xff, 0xff, 0xff, 1, 2, 3 });
            Assert.IsType<FrameException>(await master.Ended.WaitAsync(s_limit));
        }

        Assert.Contains("426", await master.Server.RawAsync("GET /tepui/link HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_PeerNeverReads_IsCutOff()
    {
        await using var master = await LinkMaster.StartAsync(bufferBytes: 1_000_000);
        await using var stream = await LinkClient.ConnectAsync("127.0.0.1", master.Server.Host.Port, s_limit, default);
        var accepted = await master.Accepted.WaitAsync(s_limit);

        var frame = new MasterFrame { Epoch = 1, Shutdown = new MasterFrame.Types.Shutdown { Message = new string('x', 100_000) } };
        var sent = 0;
        while (accepted.TrySend(frame))
        {
            Assert.True(++sent < 100_000, "never cut off");
            await Task.Yield();
        }

        await master.Ended.WaitAsync(s_limit);
    }

    [Fact]
    public async Task Connect_NotLeader_SaysWhereToGo()
    {
        await using var server = await TestServer.StartAsync(new MesosRouter("master").MapGlobal(LinkProtocol.Path, c => Answer.RedirectAsync(c, "//other:5050/tepui/link")));

        var e = await Assert.ThrowsAsync<LinkRefusedException>(() => LinkClient.ConnectAsync("127.0.0.1", server.Host.Port, s_limit, default));

        Assert.Equal(307, e.Status);
        Assert.Equal("//other:5050/tepui/link", e.Location);
    }

    [Fact]
    public async Task Connect_NobodyAnswers_TimesOut()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        await Assert.ThrowsAsync<TimeoutException>(() => LinkClient.ConnectAsync("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, TimeSpan.FromMilliseconds(200), default));
    }

    [Fact]
    public async Task Connect_SomethingElseAnswers_IsRefused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await other.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("220 mail.example.com ESMTP\r\n\r\n"));
        });

        await Assert.ThrowsAsync<LinkRefusedException>(() => LinkClient.ConnectAsync("127.0.0.1", ((IPEndPoint)other.LocalEndpoint).Port, s_limit, default));
        await answering;
    }

    private sealed class LinkMaster : IAsyncDisposable
    {
        private readonly TaskCompletionSource<FrameLink<AgentFrame, MasterFrame>> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<AgentFrame> _received = Channel.CreateUnbounded<AgentFrame>();

        public TestServer Server { get; private set; } = null!;

        public Task<FrameLink<AgentFrame, MasterFrame>> Accepted => _accepted.Task;

        public Task<Exception?> Ended => _ended.Task;

        public ChannelReader<AgentFrame> Received => _received.Reader;

        public static async Task<LinkMaster> StartAsync(long bufferBytes = 64_000_000)
        {
            var master = new LinkMaster();
            master.Server = await TestServer.StartAsync(new MesosRouter("master").MapGlobal(LinkProtocol.Path, async context =>
            {
                if (await LinkServer.AcceptAsync(context) is not { } stream)
                {
                    return;
                }

                await using var link = new FrameLink<AgentFrame, MasterFrame>(stream, bufferBytes);
                master._accepted.TrySetResult(link);
                master._ended.TrySetResult(await link.RunAsync((f, c) => master._received.Writer.WriteAsync(f, c), context.RequestAborted));
            }));
            return master;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private sealed class AgentLink : IAsyncDisposable
    {
        private readonly Channel<MasterFrame> _received = Channel.CreateUnbounded<MasterFrame>();

        private AgentLink(Stream stream)
        {
            Link = new FrameLink<MasterFrame, AgentFrame>(stream);
            Running = Link.RunAsync((f, c) => _received.Writer.WriteAsync(f, c), default);
        }

        public FrameLink<MasterFrame, AgentFrame> Link { get; }

        public Task<Exception?> Running { get; }

        public ChannelReader<MasterFrame> Received => _received.Reader;

        public static async Task<AgentLink> OpenAsync(int port) => new(await LinkClient.ConnectAsync("127.0.0.1", port, s_limit, default));

        public async ValueTask DisposeAsync()
        {
            await Link.DisposeAsync();
            await Running.WaitAsync(s_limit);
        }
    }
}
