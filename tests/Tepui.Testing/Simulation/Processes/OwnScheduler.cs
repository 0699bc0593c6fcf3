using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing.Simulation.Work;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>One of Tepui's own frameworks: a real core, its store on a disk, its subscription at the master, what its clients wait for, and what became of its tasks.</summary>
internal abstract class OwnScheduler<TInput, TEffect, TOutcome> : SimulatedProcess<TInput, TEffect>, IOwnScheduler
    where TInput : class
    where TEffect : class
{
    private readonly FrameworkInfo _info;
    private readonly Subscriber _subscriber;
    private readonly HashSet<OfferId> _offers = [];
    private readonly Dictionary<long, Action<TOutcome>> _requests = [];
    private bool _again;

    protected OwnScheduler(SimulatedCluster cluster, string name)
        : base(cluster.World, name, new Disk())
    {
        Cluster = cluster;
        _info = A.Framework(name, roles: ["*"], failover: 604_800, checkpoint: true, can: [FrameworkInfo.Types.Capability.Types.Type.PartitionAware]);
        _subscriber = new(cluster, name, () => _info, Later) { Received = Received, Ended = () => Post(Lost()) };
    }

    public bool IsSubscribed => _subscriber.IsSubscribed;

    public string? Id => _info.Id?.Value;

    public MasterProcess? Master => _subscriber.Master;

    /// <summary>Its tasks, those that are over too, by id.</summary>
    public Dictionary<string, SimulatedTask> Tasks { get; } = new(StringComparer.Ordinal);

    protected SimulatedCluster Cluster { get; }

    public void LeaveStream() => _subscriber.Leave();

    /// <summary>Begins the core's life with what the disk holds.</summary>
    protected abstract void Recover();

    /// <summary>The core is gone.</summary>
    protected abstract void Forget();

    /// <summary>Its clients begin to ask.</summary>
    protected abstract void Open();

    /// <summary>Subscribed.</summary>
    protected abstract TInput Subscribed(FrameworkId id, bool again);

    /// <summary>Not subscribed any more.</summary>
    protected abstract TInput Lost();

    protected abstract TInput Offered(IReadOnlyList<Offer> offers);

    protected abstract TInput Rescinded(OfferId offer);

    protected abstract TInput Updated(TaskStatus status);

    protected abstract TInput AcceptFailed(IReadOnlyList<TaskId> tasks);

    /// <summary>What will become of a task that is launched now.</summary>
    protected abstract SimulatedTask Launched(TaskInfo info);

    protected override void Boot(List<TEffect> first)
    {
        Recover();
        World.Note(Name, "starts");
        Connect();
        Open();
    }

    protected override void Died()
    {
        Forget();
        Disconnect();
        _requests.Clear();
        Later(World.IsHealing ? World.Seconds(0, 2) : World.Seconds(0.1, World.Chance(0.2) ? 100 : 10), Start);
    }

    /// <summary>A client asks for something; not answered when the process dies before.</summary>
    protected void Ask(Func<long, TInput> request, Action<TOutcome> answered)
    {
        var number = Cluster.NextNumber();
        _requests.Add(number, answered);
        Post(request(number));
    }

    protected void Answer(long request, TOutcome outcome)
    {
        if (_requests.Remove(request, out var answered))
        {
            answered(outcome);
        }
    }

    protected void Call(Call call) => _subscriber.Call(call);

    protected void Accept(OfferId offer, IReadOnlyList<Offer.Types.Operation> operations, TimeSpan refuse)
    {
        if (!_offers.Remove(offer))
        {
            World.Fail($"{Name} uses {offer}, which it was not offered or used already");
        }

        var tasks = operations.SelectMany(static operation => operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup.Tasks ?? []).ToList();
        if (!IsSubscribed)
        {
            Post(AcceptFailed([.. tasks.Select(static task => TaskId.From(task.TaskId))]));
            return;
        }

        foreach (var info in tasks)
        {
            var task = Launched(info);
            if (!Tasks.TryAdd(task.Id, task))
            {
                World.Fail($"{Name} launches {task.Id} twice");
            }

            Cluster.Promises.Launch(task);
        }

        Call(new Call { Type = Kind.Accept, Accept = new() { OfferIds = { offer.ToWire() }, Operations = { operations }, Filters = new() { RefuseSeconds = refuse.TotalSeconds } } });
    }

    protected void Decline(IReadOnlyList<OfferId> offers, TimeSpan refuse)
    {
        _offers.ExceptWith(offers);
        Call(new Call { Type = Kind.Decline, Decline = new() { OfferIds = { offers.Select(static offer => offer.ToWire()) }, Filters = new() { RefuseSeconds = refuse.TotalSeconds } } });
    }

    protected void Revive(IReadOnlyList<string> roles) => Call(new Call { Type = Kind.Revive, Revive = new() { Roles = { roles } } });

    protected void Suppress(IReadOnlyList<string> roles) => Call(new Call { Type = Kind.Suppress, Suppress = new() { Roles = { roles } } });

    protected void Kill(TaskId task, AgentId? agent) => Call(new Call { Type = Kind.Kill, Kill = new() { TaskId = task.ToWire(), AgentId = agent?.ToWire() } });

    protected void Acknowledge(TaskStatus status)
    {
        if (status.HasUuid)
        {
            Call(new Call { Type = Kind.Acknowledge, Acknowledge = new() { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid } });
        }
    }

    protected void Reconcile(IReadOnlyList<(TaskId Task, AgentId? Agent)> tasks)
    {
        var call = new Call { Type = Kind.Reconcile, Reconcile = new() };
        call.Reconcile.Tasks.AddRange(tasks.Select(static pair => new Call.Types.Reconcile.Types.Task { TaskId = pair.Task.ToWire(), AgentId = pair.Agent?.ToWire() }));
        Call(call);
    }

    // In a new life.
    private void Connect()
    {
        _again = false;
        _offers.Clear();
        Later(TimeSpan.Zero, _subscriber.Connect);
    }

    // The connection dies with the process, perhaps unheard for a while.
    private void Disconnect() => _subscriber.Die(World.MayCrash && World.Chance(0.2) ? World.Seconds(1, 60) : TimeSpan.Zero);

    private void Received(Event happened)
    {
        switch (happened.Type)
        {
            case EventType.Subscribed:
                _info.Id = happened.Subscribed.FrameworkId;
                _offers.Clear();
                Post(Subscribed(FrameworkId.From(_info.Id), _again));
                _again = true;
                break;
            case EventType.Error when happened.Error.Message != "Framework failed over":
                World.Fail($"{Name} is refused: {happened.Error.Message}");
                break;
            case EventType.Error:
                _subscriber.Leave();
                break;
            case EventType.Offers:
                _offers.UnionWith(happened.Offers.Offers_.Select(static offer => OfferId.From(offer.Id)));
                Post(Offered([.. happened.Offers.Offers_]));
                break;
            case EventType.Rescind:
                Post(Rescinded(OfferId.From(happened.Rescind.OfferId)));
                break;
            case EventType.Update:
                Heard(happened.Update.Status);
                break;
        }
    }

    private void Heard(TaskStatus status)
    {
        if (Tasks.TryGetValue(status.TaskId.Value, out var task))
        {
            task.Take(status);
        }
        else if (status is not { HasReason: true, Reason: TaskStatus.Types.Reason.Reconciliation })
        {
            // An intent may be written down and never leave; the answer to the question about it is no more than that.
            World.Fail($"{Name} hears of {status.TaskId.Value}, which it never launched: {Words.Of(status)}");
        }

        Post(Updated(status));
    }
}
