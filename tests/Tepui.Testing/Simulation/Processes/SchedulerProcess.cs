using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing.Simulation.Network;
using Tepui.Testing.Simulation.Work;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>A framework's scheduler: subscribes, stays subscribed, remembers its tasks durably, and leaves what to do with offers and updates to its <see cref="Habits"/>.</summary>
internal sealed class SchedulerProcess
{
    private readonly SimulatedCluster _cluster;
    private readonly Habits _habits;
    private FrameworkInfo _info;
    private Session? _session;
    private int _life;

    public SchedulerProcess(SimulatedCluster cluster, int number)
    {
        _cluster = cluster;
        Name = $"framework{number}";
        _info = Draw();
        _habits = new(cluster, this);
    }

    public string Name { get; }

    public bool IsUp { get; private set; }

    public string? Id => _info.Id?.Value;

    public FrameworkInfo Info => _info;

    public bool IsPartitionAware => _info.Capabilities.Any(static capability => capability.Type == Capability.PartitionAware);

    public bool IsSubscribed => _session is { IsSubscribed: true };

    /// <summary>The master its stream leads to.</summary>
    public MasterProcess? Master => _session?.Master;

    /// <summary>Its tasks, those that are over too, by id.</summary>
    public Dictionary<string, SimulatedTask> Tasks { get; } = new(StringComparer.Ordinal);

    private World World => _cluster.World;

    public void Start()
    {
        if (!IsUp)
        {
            IsUp = true;
            _life++;
            World.Note(Name, "starts");
            Connect();
            _habits.Begin();
        }
    }

    /// <summary>Dies; what it wrote down of its tasks stays.</summary>
    public void Crash()
    {
        if (!IsUp)
        {
            return;
        }

        World.Note(Name, "DIES");
        IsUp = false;
        _life++;
        _session?.Close(World.Chance(0.2) ? World.Seconds(1, 60) : TimeSpan.Zero);
        _session = null;
        Later(World.IsHealing ? World.Seconds(0, 2) : World.Seconds(0.1, World.Chance(0.2) ? 100 : 10), Start);
    }

    /// <summary>Another instance takes over with the same id; the stream of this one is left as it is.</summary>
    public void FailOver()
    {
        if (IsUp)
        {
            World.Note(Name, "fails over to another instance");
            _life++;
            _session = null;
            Connect();
            _habits.Begin();
        }
    }

    /// <summary>Subscribes elsewhere because there is a newer master.</summary>
    public void LeaveStream()
    {
        if (_session is { } session)
        {
            session.Close(TimeSpan.Zero);
            Lost(session);
        }
    }

    public void Later(TimeSpan wait, Action act)
    {
        var life = _life;
        World.After(wait, () =>
        {
            if (life == _life)
            {
                act();
            }
        });
    }

    /// <summary>Makes a call, if subscribed.</summary>
    public void Call(Call call)
    {
        if (_session is { IsSubscribed: true } session)
        {
            call.FrameworkId = _info.Id;
            session.Calls.Send(new(call, session.StreamId));
        }
    }

    private FrameworkInfo Draw()
    {
        string[] roles = World.Random.Next(4) switch { 0 => ["a", "b"], 1 => ["b"], _ => ["a"] };
        var can = new List<Capability>();
        if (World.Chance(0.6))
        {
            can.Add(Capability.PartitionAware);
        }

        if (World.Chance(0.5))
        {
            can.Add(Capability.TaskKillingState);
        }

        return A.Framework(Name, roles: roles, failover: World.Chance(0.6) ? 604_800 : World.Seconds(30, 600).TotalSeconds, checkpoint: World.Chance(0.7), can: [.. can]);
    }

    private void Connect()
    {
        if (!IsUp || _session is not null)
        {
            return;
        }

        if (_cluster.MasterFor(Name) is not { } master)
        {
            Later(World.Seconds(0.1, 2), Connect);
            return;
        }

        var session = new Session(master, World.Net.Connect(Name, master.Name));
        _session = session;
        session.Stream.Received = packet => Received(session, packet);
        session.Stream.Closed = () => Lost(session);
        master.AcceptStream(session.Stream.Connection.Server);
        OpenCalls(session);
        session.Stream.Send(new(new Call { Type = Protocol.V1.Scheduler.Call.Types.Type.Subscribe, FrameworkId = _info.Id, Subscribe = new() { FrameworkInfo = _info } }));
        Watch(session, session.Heard);
    }

    private void OpenCalls(Session session)
    {
        if (!session.Master.IsUp)
        {
            return;
        }

        var calls = World.Net.Connect(Name, session.Master.Name).Client;
        session.Calls = calls;
        calls.Received = packet =>
        {
            if (_session == session && !packet.Tag.StartsWith('2'))
            {
                World.Note(Name, $"is answered {packet.Tag}");
                LeaveStream();
            }
        };
        calls.Closed = () => Later(World.Seconds(0.01, 0.5), () =>
        {
            if (_session == session)
            {
                OpenCalls(session);
            }
        });
        session.Master.AcceptCalls(calls.Connection.Server);
    }

    /// <summary>A stream without heartbeats is dead.</summary>
    private void Watch(Session session, int heard) => Later(TimeSpan.FromSeconds(50), () =>
    {
        if (_session == session)
        {
            if (session.Heard == heard)
            {
                LeaveStream();
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
            Later(World.Seconds(0.05, 2), Connect);
        }
    }

    private void Received(Session session, Packet packet)
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

        if (happened.Type != EventType.Heartbeat)
        {
            World.Note(Name, $"<- {Words.Of(happened)}");
        }

        switch (happened.Type)
        {
            case EventType.Subscribed:
                Subscribed(session, happened.Subscribed.FrameworkId);
                break;
            case EventType.Error:
                Refused(session, happened.Error.Message);
                break;
            case EventType.Offers:
                _habits.Offered(happened.Offers.Offers_);
                break;
            case EventType.Update:
                Updated(happened.Update.Status);
                break;
        }
    }

    private void Subscribed(Session session, FrameworkID id)
    {
        if (Id is { } mine && mine != id.Value)
        {
            World.Fail($"{Name} subscribed as {mine} and is {id.Value} now");
        }

        _info = _info.Clone();
        _info.Id = id;
        session.IsSubscribed = true;
        _habits.Subscribed();
    }

    private void Refused(Session session, string message)
    {
        if (Id is { } id && message == "Framework has been removed")
        {
            _cluster.Promises.Refused(Name, id, mayExpire: false);
            Tasks.Clear();
            _info = _info.Clone();
            _info.Id = null;
        }
        else if (message != "Framework failed over")
        {
            World.Fail($"{Name} is refused: {message}");
        }

        Lost(session);
    }

    private void Updated(Protocol.V1.TaskStatus status)
    {
        if (!Tasks.TryGetValue(status.TaskId.Value, out var task))
        {
            World.Fail($"{Name} hears of {status.TaskId.Value}, which it never launched: {Words.Of(status)}");
        }

        task!.Take(status);
        _habits.Updated(status);
    }
}
