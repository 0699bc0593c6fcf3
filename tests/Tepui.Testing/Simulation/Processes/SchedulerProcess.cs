using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
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
    private readonly Subscriber _subscriber;
    private int _life;

    public SchedulerProcess(SimulatedCluster cluster, int number)
    {
        _cluster = cluster;
        Name = $"framework{number}";
        _info = Draw();
        _habits = new(cluster, this);
        _subscriber = new(cluster, Name, () => _info, Later) { Received = Received };
    }

    public string Name { get; }

    public bool IsUp { get; private set; }

    public string? Id => _info.Id?.Value;

    public FrameworkInfo Info => _info;

    public bool IsPartitionAware => _info.Capabilities.Any(static capability => capability.Type == Capability.PartitionAware);

    public bool IsSubscribed => _subscriber.IsSubscribed;

    /// <summary>The master its stream leads to.</summary>
    public MasterProcess? Master => _subscriber.Master;

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
            _subscriber.Connect();
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
        _subscriber.Die(World.Chance(0.2) ? World.Seconds(1, 60) : TimeSpan.Zero);
        Later(World.IsHealing ? World.Seconds(0, 2) : World.Seconds(0.1, World.Chance(0.2) ? 100 : 10), Start);
    }

    /// <summary>Another instance takes over with the same id; the stream of this one is left as it is.</summary>
    public void FailOver()
    {
        if (IsUp)
        {
            World.Note(Name, "fails over to another instance");
            _life++;
            _subscriber.Abandon();
            _subscriber.Connect();
            _habits.Begin();
        }
    }

    /// <summary>Subscribes elsewhere because there is a newer master.</summary>
    public void LeaveStream() => _subscriber.Leave();

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
    public void Call(Call call) => _subscriber.Call(call);

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

    private void Received(Event happened)
    {
        switch (happened.Type)
        {
            case EventType.Subscribed:
                Subscribed(happened.Subscribed.FrameworkId);
                break;
            case EventType.Error:
                Refused(happened.Error.Message);
                break;
            case EventType.Offers:
                _habits.Offered(happened.Offers.Offers_);
                break;
            case EventType.Update:
                Updated(happened.Update.Status);
                break;
        }
    }

    private void Subscribed(FrameworkID id)
    {
        if (Id is { } mine && mine != id.Value)
        {
            World.Fail($"{Name} subscribed as {mine} and is {id.Value} now");
        }

        _info = _info.Clone();
        _info.Id = id;
        _habits.Subscribed();
    }

    private void Refused(string message)
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

        _subscriber.Leave();
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
