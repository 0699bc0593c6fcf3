using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing.Simulation.Network;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>The subscription of a scheduler: connects to the leader, notices when the stream is dead, connects again.</summary>
/// <param name="cluster">Where.</param>
/// <param name="name">Whose.</param>
/// <param name="info">What it subscribes as; with its id once it has one.</param>
/// <param name="later">Does something later in the present life of the scheduler.</param>
internal sealed class Subscriber(SimulatedCluster cluster, string name, Func<FrameworkInfo> info, Action<TimeSpan, Action> later)
{
    private Session? _session;

    /// <summary>The master its stream leads to.</summary>
    public MasterProcess? Master => _session?.Master;

    /// <summary>Calls can be made.</summary>
    public bool IsSubscribed => _session is { IsSubscribed: true };

    /// <summary>Told every event but heartbeats.</summary>
    public required Action<Event> Received { get; init; }

    /// <summary>Told when a subscription ends.</summary>
    public Action Ended { get; init; } = static () => { };

    private World World => cluster.World;

    /// <summary>Connects unless it is connected; tries again until it is.</summary>
    public void Connect()
    {
        if (_session is not null)
        {
            return;
        }

        if (cluster.MasterFor(name) is not { } master)
        {
            later(World.Seconds(0.1, 2), Connect);
            return;
        }

        var session = new Session(master, World.Net.Connect(name, master.Name));
        _session = session;
        session.Stream.Received = packet => Take(session, packet);
        session.Stream.Closed = () => Lost(session);
        master.AcceptStream(session.Stream.Connection.Server);
        OpenCalls(session);
        session.Stream.Send(new(new Call { Type = Protocol.V1.Scheduler.Call.Types.Type.Subscribe, FrameworkId = info().Id, Subscribe = new() { FrameworkInfo = info() } }));
        Watch(session, session.Heard);
    }

    /// <summary>The scheduler dies: its connections end, perhaps unheard for a while.</summary>
    public void Die(TimeSpan late)
    {
        _session?.Close(late);
        _session = null;
    }

    /// <summary>Leaves its connections as they are, and knows nothing of them any more.</summary>
    public void Abandon() => _session = null;

    /// <summary>Subscribes anew.</summary>
    public void Leave()
    {
        if (_session is { } session)
        {
            session.Close(TimeSpan.Zero);
            Lost(session);
        }
    }

    /// <summary>Makes a call, if subscribed.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Call(Call call)
    {
        if (_session is not { IsSubscribed: true } session)
        {
            return false;
        }

        call.FrameworkId = info().Id;
        session.Calls.Send(new(call, session.StreamId));
        return true;
    }

    private void OpenCalls(Session session)
    {
        if (!session.Master.IsUp)
        {
            return;
        }

        var calls = World.Net.Connect(name, session.Master.Name).Client;
        session.Calls = calls;
        calls.Received = packet =>
        {
            if (_session == session && !packet.Tag.StartsWith('2'))
            {
                World.Note(name, $"is answered {packet.Tag}");
                Leave();
            }
        };
        calls.Closed = () => later(World.Seconds(0.01, 0.5), () =>
        {
            if (_session == session)
            {
                OpenCalls(session);
            }
        });
        session.Master.AcceptCalls(calls.Connection.Server);
    }

    /// <summary>A stream without heartbeats is dead.</summary>
    private void Watch(Session session, int heard) => later(TimeSpan.FromSeconds(50), () =>
    {
        if (_session == session)
        {
            if (session.Heard == heard)
            {
                Leave();
            }
            else
            {
                Watch(session, session.Heard);
            }
        }
    });

    private void Lost(Session session)
    {
        if (_session == session)
        {
            session.Close(TimeSpan.Zero);
            _session = null;
            Ended();
            later(World.Seconds(0.05, 2), Connect);
        }
    }

    private void Take(Session session, Packet packet)
    {
        if (_session != session)
        {
            return;
        }

        session.Heard++;
        if (packet.Message is not Event happened)
        {
            session.StreamId = packet.Tag;
            return;
        }

        if (happened.Type == EventType.Heartbeat)
        {
            return;
        }

        World.Note(name, $"<- {Words.Of(happened)}");
        session.IsSubscribed |= happened.Type == EventType.Subscribed;
        Received(happened);
    }
}
