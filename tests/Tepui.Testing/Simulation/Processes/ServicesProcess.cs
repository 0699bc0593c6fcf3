using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Services.Core;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Views;
using Tepui.Testing.Simulation.Work;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>The services scheduler: the real core, its store on a disk, its subscription at the master. Its clients are <see cref="ServiceUsers"/>.</summary>
internal sealed class ServicesProcess : SimulatedProcess<ServicesInput, ServicesEffect>
{
    private static readonly ServicesInput TickInput = new ServicesInput.Tick();

    private readonly SimulatedCluster _cluster;
    private readonly FrameworkInfo _info = A.Framework("services", roles: ["*"], failover: 604_800, checkpoint: true, can: [FrameworkInfo.Types.Capability.Types.Type.PartitionAware]);
    private readonly Subscriber _subscriber;
    private readonly Dictionary<RequestId, Action<CommandOutcome>> _requests = [];
    private readonly Dictionary<OfferId, AgentId> _offers = [];
    private readonly Dictionary<InstanceId, int> _checked = [];
    private ServicesCore? _core;
    private bool _again;

    public ServicesProcess(SimulatedCluster cluster)
        : base(cluster.World, "services", new Disk())
    {
        _cluster = cluster;
        _subscriber = new(cluster, Name, () => _info, Later) { Received = Received, Ended = () => Post(new ServicesInput.Disconnected()) };
        Users = new(cluster, this);
    }

    public ServiceUsers Users { get; }

    public bool IsSubscribed => _subscriber.IsSubscribed;

    public string? Id => _info.Id?.Value;

    /// <summary>The master its stream leads to.</summary>
    public MasterProcess? Master => _subscriber.Master;

    /// <summary>Its tasks, those that are over too, by id.</summary>
    public Dictionary<string, SimulatedTask> Tasks { get; } = new(StringComparer.Ordinal);

    protected override ServicesInput Tick => TickInput;

    protected override DateTimeOffset? NextDeadline => _core?.NextDeadline;

    private ServicesCore Core => _core ?? throw new InvalidOperationException($"{Name} does not run");

    public ServicesView View() => Core.View(Clock);

    /// <summary>Asks for something; not answered when the process dies before.</summary>
    public void Ask(ServicesCommand command, Action<CommandOutcome> answered)
    {
        var request = new RequestId(_cluster.NextNumber());
        _requests.Add(request, answered);
        Post(new ServicesInput.Request(request, command, new("10.0.0.1", "/v2")));
    }

    /// <summary>Subscribes elsewhere because there is a newer master.</summary>
    public void LeaveStream() => _subscriber.Leave();

    protected override void Boot(List<ServicesEffect> first)
    {
        _core = new(new ServicesOptions { IdNode = _cluster.NextNumber(), Seed = World.Random.Next() }, Disk.Load(), Clock);
        World.Note(Name, "starts");
        _again = false;
        Later(TimeSpan.Zero, _subscriber.Connect);
        Users.Begin();
    }

    protected override void Step(ServicesInput input, List<ServicesEffect> effects)
    {
        Core.Step(input, Clock, effects);
        Core.CheckInvariants();
    }

    protected override (string Key, IMessage? Entry)? Written(ServicesEffect effect) => effect is ServicesEffect.Persist persist ? (persist.Key, persist.Entry) : null;

    protected override void Carry(ServicesEffect effect)
    {
        switch (effect)
        {
            case ServicesEffect.Reply reply when _requests.Remove(reply.Request, out var answered):
                answered(reply.Outcome);
                break;
            case ServicesEffect.Accept accept:
                Accept(accept);
                break;
            case ServicesEffect.Decline decline:
                _subscriber.Call(new Call { Type = Kind.Decline, Decline = new() { OfferIds = { decline.Offers.Select(offer => offer.ToWire()) }, Filters = new() { RefuseSeconds = decline.Refuse.TotalSeconds } } });
                break;
            case ServicesEffect.Revive revive:
                _subscriber.Call(new Call { Type = Kind.Revive, Revive = new() { Roles = { revive.Roles } } });
                break;
            case ServicesEffect.Suppress suppress:
                _subscriber.Call(new Call { Type = Kind.Suppress, Suppress = new() { Roles = { suppress.Roles } } });
                break;
            case ServicesEffect.Kill kill:
                _subscriber.Call(new Call { Type = Kind.Kill, Kill = new() { TaskId = kill.Task.ToWire(), AgentId = kill.Agent?.ToWire() } });
                break;
            case ServicesEffect.Acknowledge { Status: { HasUuid: true } status }:
                _subscriber.Call(new Call { Type = Kind.Acknowledge, Acknowledge = new() { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid } });
                break;
            case ServicesEffect.Reconcile reconcile:
                Reconcile(reconcile);
                break;
            case ServicesEffect.StartHealthChecks start:
                StartChecks(start);
                break;
            case ServicesEffect.StopChecks stop:
                _checked.Remove(stop.Instance);
                break;
            case ServicesEffect.StartReadinessCheck ready:
                Later(World.Seconds(0.1, 20), () => Post(new ServicesInput.ReadinessChecked(ready.Instance, new(ready.Check.Name, ready.Task.Value, true, 200, null, null))));
                break;
        }
    }

    protected override void Died()
    {
        _core = null;
        _subscriber.Die(World.MayCrash && World.Chance(0.2) ? World.Seconds(1, 60) : TimeSpan.Zero);
        _requests.Clear();
        _offers.Clear();
        _checked.Clear();
        Later(World.IsHealing ? World.Seconds(0, 2) : World.Seconds(0.1, World.Chance(0.2) ? 100 : 10), Start);
    }

    protected override string Describe(ServicesInput input) => input switch
    {
        ServicesInput.Updated updated => $"<- update {Words.Of(updated.Status)}",
        ServicesInput.Request request => $"<- {request.Command}",
        _ => $"<- {input.GetType().Name}",
    };

    private void Received(Event happened)
    {
        switch (happened.Type)
        {
            case EventType.Subscribed:
                _info.Id = happened.Subscribed.FrameworkId;
                Post(new ServicesInput.Subscribed(FrameworkId.From(_info.Id), "master", _again));
                _again = true;
                break;
            case EventType.Error when happened.Error.Message != "Framework failed over":
                World.Fail($"{Name} is refused: {happened.Error.Message}");
                break;
            case EventType.Error:
                _subscriber.Leave();
                break;
            case EventType.Offers:
                foreach (var offer in happened.Offers.Offers_)
                {
                    _offers[OfferId.From(offer.Id)] = AgentId.From(offer.AgentId);
                }

                Post(new ServicesInput.Offered([.. happened.Offers.Offers_]));
                break;
            case EventType.Rescind:
                Post(new ServicesInput.Rescinded(OfferId.From(happened.Rescind.OfferId)));
                break;
            case EventType.Update:
                Updated(happened.Update.Status);
                break;
        }
    }

    private void Updated(TaskStatus status)
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

        Post(new ServicesInput.Updated(status));
    }

    private void Accept(ServicesEffect.Accept accept)
    {
        var call = new Call { Type = Kind.Accept, Accept = new() { OfferIds = { accept.Offer.ToWire() }, Operations = { accept.Operations }, Filters = new() { RefuseSeconds = accept.Refuse.TotalSeconds } } };
        if (!_offers.Remove(accept.Offer, out _))
        {
            World.Fail($"{Name} uses {accept.Offer}, which it was not offered or used already");
        }

        if (!_subscriber.IsSubscribed)
        {
            var tasks = Launches(accept).Select(task => TaskId.From(task.TaskId)).ToList();
            Post(new ServicesInput.AcceptFailed(tasks, "not subscribed"));
            return;
        }

        foreach (var task in Launches(accept))
        {
            Remember(task);
        }

        _subscriber.Call(call);
    }

    private static IEnumerable<TaskInfo> Launches(ServicesEffect.Accept accept) =>
        accept.Operations.SelectMany(static operation => operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup.Tasks ?? []);

    private void Remember(TaskInfo info)
    {
        var command = info.Command?.Value ?? "";
        var task = new SimulatedTask(Id!, info.TaskId.Value, info.AgentId.Value, isPartitionAware: true)
        {
            Lifetime = command.Contains("crash", StringComparison.Ordinal) && !World.IsHealing ? World.Seconds(0.05, 5)
                : !World.IsHealing && World.Chance(0.05) ? World.Seconds(0.05, 100)
                : null,
            WaitStatus = World.Chance(0.3) ? 0 : 256,
        };
        if (!Tasks.TryAdd(task.Id, task))
        {
            World.Fail($"{Name} launches {task.Id} twice");
        }

        _cluster.Promises.Launch(task);
    }

    private void Reconcile(ServicesEffect.Reconcile reconcile)
    {
        var call = new Call { Type = Kind.Reconcile, Reconcile = new() };
        call.Reconcile.Tasks.AddRange(reconcile.Tasks.Select(static pair => new Call.Types.Reconcile.Types.Task { TaskId = pair.Task.ToWire(), AgentId = pair.Agent?.ToWire() }));
        _subscriber.Call(call);
    }

    // What runs is healthy, apart from spells of sickness before the heal.
    private void StartChecks(ServicesEffect.StartHealthChecks start)
    {
        var round = _checked.GetValueOrDefault(start.Instance) + 1;
        _checked[start.Instance] = round;
        Check(start, round);
    }

    private void Check(ServicesEffect.StartHealthChecks start, int round) => Later(start.Probes[0].Check.Timing.Interval + World.Seconds(0, 0.5), () =>
    {
        if (_checked.GetValueOrDefault(start.Instance) != round)
        {
            return;
        }

        foreach (var probe in start.Probes)
        {
            var passes = World.IsHealing || World.Chance(Users.Sickness);
            Post(new ServicesInput.HealthChecked(start.Instance, probe.Index, passes, passes ? null : "503"));
        }

        Check(start, round);
    });
}
