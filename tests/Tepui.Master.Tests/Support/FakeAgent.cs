using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Runtime.Link;
using Link = Tepui.Runtime.Link.FrameLink<Tepui.Protocol.Link.MasterFrame, Tepui.Protocol.Link.AgentFrame>;
using Wire = Tepui.Protocol.V1;

namespace Tepui.Master.Tests.Support;

/// <summary>The agent's side of a link, without an agent: registers, answers pings, and runs tasks as told.</summary>
internal sealed class FakeAgent : IAsyncDisposable
{
    public const string Info = """
        {"hostname": "localhost", "port": 5051, "checkpoint": true,
         "resources": [
           {"name": "cpus", "type": "SCALAR", "scalar": {"value": 8}},
           {"name": "mem", "type": "SCALAR", "scalar": {"value": 8192}},
           {"name": "disk", "type": "SCALAR", "scalar": {"value": 20000}},
           {"name": "ports", "type": "RANGES", "ranges": {"range": [{"begin": 31000, "end": 32000}]}}],
         "attributes": [
           {"name": "rack", "type": "TEXT", "text": {"value": "r1"}},
           {"name": "zone", "type": "TEXT", "text": {"value": "z1"}},
           {"name": "num", "type": "SCALAR", "scalar": {"value": 3}}]}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<MasterFrame> _frames = Channel.CreateUnbounded<MasterFrame>();
    private readonly Link _link;
    private readonly Task<Exception?> _running;

    private FakeAgent(Link link)
    {
        _link = link;
        _running = link.RunAsync(ReceiveAsync, _stop.Token);
    }

    /// <summary>The id the master gave.</summary>
    public AgentID Id { get; private set; } = new() { Value = "" };

    /// <summary>What its tasks use, reported with every pong.</summary>
    public AgentFrame.Types.Usage? Usage { get; set; }

    /// <summary>What launches come to; by default every task starts and runs.</summary>
    public Func<TaskInfo, IEnumerable<Wire.TaskStatus>> Runs { get; set; } = _ => [];

    /// <summary>Statuses sent and not acknowledged yet, by uuid.</summary>
    public ConcurrentDictionary<ByteString, Wire.TaskStatus> Unacknowledged { get; } = new();

    public static async Task<FakeAgent> ConnectAsync(TestMaster master)
    {
        var stream = await LinkClient.ConnectAsync("127.0.0.1", master.Endpoint.Port, Patience, CancellationToken.None);
        return new FakeAgent(new Link(stream));
    }

    /// <summary>Connects and registers; returns once admitted.</summary>
    public static async Task<FakeAgent> RegisterAsync(TestMaster master, string info = Info, string ip = "127.0.0.1")
    {
        var agent = await ConnectAsync(master);
        agent.Send(new AgentFrame
        {
            Register = new AgentFrame.Types.Register { AgentInfo = TestMaster.Message<AgentInfo>(info), Version = "1.12.0", Ip = ip, Capabilities = { Abilities() } },
        });
        agent.Id = (await agent.WaitAsync(frame => frame.Registered is not null)).Registered.AgentId;
        return agent;
    }

    /// <summary>Connects and registers again under an id.</summary>
    public static async Task<FakeAgent> ReregisterAsync(TestMaster master, AgentID id, params Wire.Task[] tasks)
    {
        var agent = await ConnectAsync(master);
        var info = TestMaster.Message<AgentInfo>(Info);
        info.Id = id;
        agent.Send(new AgentFrame
        {
            Reregister = new AgentFrame.Types.Reregister
            {
                AgentInfo = info,
                Version = "1.12.0",
                Ip = "127.0.0.1",
                EpochSeen = 0,
                Capabilities = { Abilities() },
                Tasks = { tasks },
            },
        });
        agent.Id = (await agent.WaitAsync(frame => frame.Reregistered is not null)).Reregistered.AgentId;
        return agent;
    }

    public void Send(AgentFrame frame) => Assert.True(_link.TrySend(frame));

    /// <summary>Reports a state of a task.</summary>
    public void Update(FrameworkID framework, Wire.TaskStatus status)
    {
        var sent = status.Clone();
        sent.AgentId = Id;
        sent.Uuid = ByteString.CopyFrom(Guid.NewGuid().ToByteArray(bigEndian: true));
        sent.Timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        sent.Source = Wire.TaskStatus.Types.Source.Executor;
        Unacknowledged[sent.Uuid] = sent;
        Send(new AgentFrame { StatusUpdate = new AgentFrame.Types.StatusUpdate { FrameworkId = framework, Status = sent, LatestState = sent.State } });
    }

    /// <summary>The next frame that satisfies <paramref name="condition"/>; others are passed over.</summary>
    public async Task<MasterFrame> WaitAsync(Func<MasterFrame, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var frame in _frames.Reader.ReadAllAsync(limit.Token))
        {
            if (condition(frame))
            {
                return frame;
            }
        }

        throw new EndOfStreamException("The master ended the link.");
    }

    /// <summary>Why the link ended; <see langword="null"/> when in order.</summary>
    public Task<Exception?> EndedAsync() => _running.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _link.DisposeAsync();
        _stop.Dispose();
    }

    private ValueTask ReceiveAsync(MasterFrame frame, CancellationToken cancel)
    {
        switch (frame.MessageCase)
        {
            case MasterFrame.MessageOneofCase.Ping:
                _link.TrySend(new AgentFrame { Pong = new AgentFrame.Types.Pong { Usage = Usage } });
                break;
            case MasterFrame.MessageOneofCase.RunTask:
                Run(frame.RunTask.Framework.Id, [frame.RunTask.Task]);
                break;
            case MasterFrame.MessageOneofCase.RunTaskGroup:
                Run(frame.RunTaskGroup.Framework.Id, frame.RunTaskGroup.TaskGroup.Tasks);
                break;
            case MasterFrame.MessageOneofCase.AcknowledgeStatus:
                Unacknowledged.TryRemove(frame.AcknowledgeStatus.Uuid, out _);
                break;
        }

        _frames.Writer.TryWrite(frame);
        return ValueTask.CompletedTask;
    }

    private void Run(FrameworkID framework, IEnumerable<TaskInfo> tasks)
    {
        foreach (var task in tasks)
        {
            foreach (var status in Runs(task))
            {
                Update(framework, status);
            }
        }
    }

    private static IEnumerable<AgentInfo.Types.Capability> Abilities() => new[]
    {
        AgentInfo.Types.Capability.Types.Type.MultiRole,
        AgentInfo.Types.Capability.Types.Type.HierarchicalRole,
        AgentInfo.Types.Capability.Types.Type.ReservationRefinement,
        AgentInfo.Types.Capability.Types.Type.TaskResourceLimits,
    }.Select(type => new AgentInfo.Types.Capability { Type = type });
}
