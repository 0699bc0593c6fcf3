using Google.Protobuf;
using Tepui.Master.Core;
using Tepui.Master.Core.Views;
using Tepui.Protocol.Link;
using Tepui.Testing.Simulation.Network;
using Scheduler = Tepui.Protocol.V1.Scheduler;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>A master: the real core, its registry on a disk, its links and streams on the simulated network.</summary>
internal sealed class MasterProcess(SimulatedCluster cluster, string name, Disk disk) : SimulatedProcess<MasterInput, MasterEffect>(cluster.World, name, disk)
{
    private static readonly MasterInput TickInput = new MasterInput.Tick();

    private readonly Dictionary<LinkId, End> _links = [];
    private readonly Dictionary<StreamId, End> _streams = [];
    private readonly Dictionary<RequestId, Action<int, string>> _requests = [];
    private readonly HashSet<End> _ends = [];
    private MasterCore? _core;

    /// <summary>A newer master writes to the registry: this one may live on, but not write.</summary>
    public bool IsOld { get; set; }

    public ulong Epoch { get; private set; }

    public MasterCore Core => _core ?? throw new InvalidOperationException($"{Name} does not run");

    protected override MasterInput Tick => TickInput;

    protected override DateTimeOffset? NextDeadline => _core?.NextDeadline;

    protected override bool IsFenced => IsOld;

    public MasterView View() => Core.View(Clock);

    /// <summary>An agent opened a link.</summary>
    public void AcceptLink(End end)
    {
        var link = new LinkId(cluster.NextNumber());
        _links.Add(link, end);
        _ends.Add(end);
        end.Received = packet => Post(new MasterInput.FromAgent(link, (AgentFrame)packet.Message!));
        end.Closed = () => Post(new MasterInput.LinkClosed(link));
    }

    /// <summary>A framework opened a connection to subscribe on.</summary>
    public void AcceptStream(End end)
    {
        var stream = new StreamId($"stream-{cluster.NextNumber()}");
        _streams.Add(stream, end);
        _ends.Add(end);
        end.Received = packet =>
        {
            end.Send(new(null, stream.Value));
            Post(new MasterInput.Subscribe(stream, (Scheduler.Call)packet.Message!, null));
        };
        end.Closed = () => Post(new MasterInput.StreamClosed(stream));
    }

    /// <summary>A framework opened a connection for its other calls.</summary>
    public void AcceptCalls(End end)
    {
        _ends.Add(end);
        end.Received = packet => Ask(
            request => new MasterInput.SchedulerCall(request, (Scheduler.Call)packet.Message!, packet.Tag, null),
            (status, body) => end.Send(new(null, $"{status} {body}")));
    }

    /// <summary>Posts what is answered.</summary>
    public void Ask(Func<RequestId, MasterInput> input, Action<int, string> answered)
    {
        var request = new RequestId(cluster.NextNumber());
        _requests.Add(request, answered);
        Post(input(request));
    }

    protected override void Boot(List<MasterEffect> first)
    {
        Epoch = cluster.NextEpoch();
        var settings = World.Settings;
        _core = new(
            new MasterOptions
            {
                Info = new() { Id = $"m{Epoch}", Ip = 0x0100007f, Port = 5050, Hostname = "master", Version = "0.1.0" },
                Epoch = Epoch,
                AgentPingTimeout = settings.Ping,
                MaxAgentPingTimeouts = settings.Pings,
                AgentReregisterTimeout = settings.Reregister,
                OfferTimeout = settings.OfferTimeout,
                Seed = World.Random.Next(),
            },
            Disk.Load(),
            Clock);
        World.Note(Name, $"starts, epoch {Epoch}");
    }

    protected override void Step(MasterInput input, List<MasterEffect> effects)
    {
        Core.Step(input, Clock, effects);
        Core.CheckInvariants();
    }

    protected override (string Key, IMessage? Entry)? Written(MasterEffect effect) => effect is MasterEffect.Persist persist ? (persist.Key, persist.Entry) : null;

    protected override void Carry(MasterEffect effect)
    {
        switch (effect)
        {
            case MasterEffect.ToAgent sent when _links.TryGetValue(sent.Link, out var end):
                Check(sent.Frame);
                end.Send(new(sent.Frame));
                break;
            case MasterEffect.Send { Event.Subscribed: { } subscribed } sent when _streams.TryGetValue(sent.Stream, out var end):
                cluster.Promises.Subscribed(Name, subscribed.FrameworkId.Value);
                end.Send(new(sent.Event));
                break;
            case MasterEffect.Send sent when _streams.TryGetValue(sent.Stream, out var end):
                end.Send(new(sent.Event));
                break;
            case MasterEffect.CloseLink closed when _links.Remove(closed.Link, out var end):
                end.Close();
                Post(new MasterInput.LinkClosed(closed.Link));
                break;
            case MasterEffect.CloseStream closed when _streams.Remove(closed.Stream, out var end):
                end.Close();
                Post(new MasterInput.StreamClosed(closed.Stream));
                break;
            case MasterEffect.Reply reply when _requests.Remove(reply.Request, out var answered):
                answered(reply.Status, reply.Body);
                break;
        }
    }

    protected override void Died()
    {
        _core = null;
        var late = World.MayCrash && World.Chance(0.2) ? World.Seconds(1, 60) : TimeSpan.Zero;
        foreach (var end in _ends)
        {
            end.Close(late);
        }

        _ends.Clear();
        _links.Clear();
        _streams.Clear();
        _requests.Clear();
        if (!IsOld)
        {
            Later(World.IsHealing ? World.Seconds(0, 2) : World.Seconds(0.05, World.Chance(0.2) ? 120 : 10), Start);
        }
    }

    private void Check(MasterFrame frame)
    {
        if (!IsOld && (frame.Registered?.AgentId ?? frame.Reregistered?.AgentId) is { } id)
        {
            cluster.Promises.Admitted(Name, id.Value);
        }
    }

    protected override string Describe(MasterInput input) => input switch
    {
        MasterInput.FromAgent from => $"<- link {from.Link.Value}: {Words.Of(from.Frame)}",
        MasterInput.SchedulerCall call => $"<- {Words.Of(call.Call)}",
        MasterInput.Subscribe subscribe => $"<- SUBSCRIBE {subscribe.Call.FrameworkId?.Value} on {subscribe.Stream.Value}",
        MasterInput.LinkClosed closed => $"<- link {closed.Link.Value} closed",
        MasterInput.StreamClosed closed => $"<- {closed.Stream.Value} closed",
        _ => $"<- {input.GetType().Name}",
    };
}
