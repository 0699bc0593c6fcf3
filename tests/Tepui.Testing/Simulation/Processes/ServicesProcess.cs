using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Views;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>The services scheduler. Its clients are <see cref="ServiceUsers"/>.</summary>
internal sealed class ServicesProcess : OwnScheduler<ServicesInput, ServicesEffect, CommandOutcome>
{
    private static readonly ServicesInput TickInput = new ServicesInput.Tick();

    private readonly Dictionary<InstanceId, int> _checked = [];
    private ServicesCore? _core;

    public ServicesProcess(SimulatedCluster cluster)
        : base(cluster, "services") => Users = new(cluster, this);

    public ServiceUsers Users { get; }

    protected override ServicesInput Tick => TickInput;

    protected override DateTimeOffset? NextDeadline => _core?.NextDeadline;

    private ServicesCore Core => _core ?? throw new InvalidOperationException($"{Name} does not run");

    public ServicesView View() => Core.View(Clock);

    /// <summary>Asks for something; not answered when the process dies before.</summary>
    public void Ask(ServicesCommand command, Action<CommandOutcome> answered) => Ask(number => new ServicesInput.Request(new(number), command, new("10.0.0.1", "/v2")), answered);

    protected override void Recover() => _core = new(new ServicesOptions { IdNode = Cluster.NextNumber(), Seed = World.Random.Next() }, Disk.Load(), Clock);

    protected override void Forget()
    {
        _core = null;
        _checked.Clear();
    }

    protected override void Open() => Users.Begin();

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
            case ServicesEffect.Reply reply: Answer(reply.Request.Value, reply.Outcome); break;
            case ServicesEffect.Accept accept: Accept(accept.Offer, accept.Operations, accept.Refuse); break;
            case ServicesEffect.Decline decline: Decline(decline.Offers, decline.Refuse); break;
            case ServicesEffect.Revive revive: Revive(revive.Roles); break;
            case ServicesEffect.Suppress suppress: Suppress(suppress.Roles); break;
            case ServicesEffect.Kill kill: Kill(kill.Task, kill.Agent); break;
            case ServicesEffect.Acknowledge acknowledge: Acknowledge(acknowledge.Status); break;
            case ServicesEffect.Reconcile reconcile: Reconcile(reconcile.Tasks); break;
            case ServicesEffect.StartHealthChecks start: StartChecks(start); break;
            case ServicesEffect.StopChecks stop: _checked.Remove(stop.Instance); break;
            case ServicesEffect.StartReadinessCheck ready:
                Later(World.Seconds(0.1, 20), () => Post(new ServicesInput.ReadinessChecked(ready.Instance, new(ready.Check.Name, ready.Task.Value, true, 200, null, null))));
                break;
        }
    }

    protected override string Describe(ServicesInput input) => input switch
    {
        ServicesInput.Updated updated => $"<- update {Words.Of(updated.Status)}",
        ServicesInput.Request request => $"<- {request.Command}",
        _ => $"<- {input.GetType().Name}",
    };

    protected override ServicesInput Subscribed(FrameworkId id, bool again) => new ServicesInput.Subscribed(id, "master", again);

    protected override ServicesInput Lost() => new ServicesInput.Disconnected();

    protected override ServicesInput Offered(IReadOnlyList<Offer> offers) => new ServicesInput.Offered(offers);

    protected override ServicesInput Rescinded(OfferId offer) => new ServicesInput.Rescinded(offer);

    protected override ServicesInput Updated(TaskStatus status) => new ServicesInput.Updated(status);

    protected override ServicesInput AcceptFailed(IReadOnlyList<TaskId> tasks) => new ServicesInput.AcceptFailed(tasks, "not subscribed");

    protected override SimulatedTask Launched(TaskInfo info)
    {
        var command = info.Command?.Value ?? "";
        return new(Id!, info.TaskId.Value, info.AgentId.Value, isPartitionAware: true)
        {
            Lifetime = command.Contains("crash", StringComparison.Ordinal) && !World.IsHealing ? World.Seconds(0.05, 5)
                : !World.IsHealing && World.Chance(0.05) ? World.Seconds(0.05, 100)
                : null,
            WaitStatus = World.Chance(0.3) ? 0 : 256,
        };
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
