using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Services.Core.Tests.Deployments;

/// <summary>The state of a scheduler on virtual time, with agents that launch, run and end tasks when told to. Every step is followed by the checks of <see cref="ServicesInvariants"/>.</summary>
internal sealed class Rig
{
    private static readonly Host Agent = new(new AgentId("agent-1"), "host-1", null, null, new Dictionary<string, string>());
    private readonly Dictionary<string, IMessage> _store = new(StringComparer.Ordinal);
    private readonly ServicesOptions _options;
    private int _lives;

    public Rig(ServicesOptions? options = null)
    {
        _options = options ?? new();
        State = new(_options) { Master = "master" };
    }

    public ServicesState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    /// <summary>What subscribers heard, as <c>type deployment-state</c> for deployments.</summary>
    public List<ServiceEvent> Events { get; } = [];

    /// <summary>Tasks that were told to end and have not yet.</summary>
    public List<TaskId> Kills { get; } = [];

    /// <summary>Looks at the state after each step.</summary>
    public Action<Rig>? AfterStep { get; set; }

    public IEnumerable<string> EventTypes => Events.OfType<ServiceEvent.DeploymentChanged>().Select(happened => happened.Type);

    public DeploymentView Only => Assert.Single(State.Deployments.Views(State, Now));

    public DeploymentView Last => State.Deployments.Finished[0];

    public void Step(Action<Turn> act)
    {
        var effects = new List<ServicesEffect>();
        var turn = new Turn(State, Now, effects);
        act(turn);
        Convergence.Run(turn);
        foreach (var effect in effects)
        {
            Take(effect);
        }

        ServicesInvariants.Check(State);
        AfterStep?.Invoke(this);
    }

    /// <summary>Deploys specs beside those that are there; each gets a new version, and a new configuration unless only its instance count differs.</summary>
    public CommandOutcome Deploy(bool force, params RunSpec[] specs)
    {
        CommandOutcome? outcome = null;
        Step(turn =>
        {
            var version = turn.NextVersion();
            outcome = DeploymentStart.Start(turn, specs.Aggregate(State.Catalog.Tree, (tree, spec) => tree.With(Stamp(tree.Spec(spec.Id), spec, version))), force);
        });
        return outcome!;
    }

    public string Deploy(params RunSpec[] specs) => Assert.IsType<CommandOutcome.Deployed>(Deploy(force: false, specs)).Deployment;

    public CommandOutcome Remove(string id, bool force = false)
    {
        CommandOutcome? outcome = null;
        Step(turn => outcome = DeploymentStart.Start(turn, State.Catalog.Tree.WithoutSpec(new(id), turn.NextVersion()), force));
        return outcome!;
    }

    public CommandOutcome Do(Func<Turn, CommandOutcome> command)
    {
        CommandOutcome? outcome = null;
        Step(turn => outcome = command(turn));
        return outcome!;
    }

    public IReadOnlyList<Instance> Of(string id) => State.Instances.Of(new(id)).Snapshot;

    /// <summary>Instances that run and are not to end, of any configuration or of one.</summary>
    public int Running(string id, string? cmd = null) => Of(id).Count(instance => instance.IsRunning && (cmd is null || Command(instance) == cmd));

    public string? Command(Instance instance) => (State.SpecOf(instance) as AppSpec)?.Cmd;

    public void Launch(Instance instance) => Step(turn => State.Instances.Replace(turn, instance with
    {
        Condition = Condition.Provisioned,
        Since = Now,
        Launches = instance.Launches + 1,
        Host = Agent,
        Tasks = [new InstanceTask { Id = new TaskId($"{instance.Id}._app.{instance.Launches + 1}"), StagedAt = Now }],
    }));

    public void Tell(Instance instance, TaskState state) => Tell(instance.Tasks[0].Id, state);

    public void Tell(TaskId task, TaskState state) => Step(turn => StatusUpdates.Handle(turn, new TaskStatus
    {
        TaskId = new() { Value = task.Value },
        AgentId = new() { Value = Agent.Agent.Value },
        State = state,
    }));

    public void Set(Instance instance, bool healthy) => Step(turn => State.Instances.Replace(turn, State.Instances.Find(instance.Id)! with { Healthy = healthy }));

    /// <summary>Launches everything that waits, once.</summary>
    public void LaunchAll() => Each(instance => instance is { Condition: Condition.Scheduled, Goal: Goal.Running }, Launch);

    /// <summary>Lets everything run that was launched; <paramref name="works"/> says whether it does.</summary>
    public void RunAll(Func<Instance, bool>? works = null) => Each(
        instance => instance.Condition is Condition.Provisioned or Condition.Staging or Condition.Starting && instance.Goal == Goal.Running,
        instance => Tell(instance, works?.Invoke(instance) ?? true ? TaskState.TaskRunning : TaskState.TaskFailed));

    /// <summary>Lets checks pass for everything that runs and has some.</summary>
    public void HealAll() => Each(
        instance => instance is { IsRunning: true, Healthy: null } && Configuration.HasHealthChecks(State.SpecOf(instance)!),
        instance => Set(instance, healthy: true));

    /// <summary>Ends everything that was told to.</summary>
    public void KillAll()
    {
        foreach (var task in Kills.ToList())
        {
            Kills.Remove(task);
            Tell(task, TaskState.TaskKilled);
        }
    }

    /// <summary>Everything happens that can, until nothing is left.</summary>
    public void Settle(Func<Instance, bool>? works = null, int rounds = 200)
    {
        for (var round = 0; round < rounds; round++)
        {
            var before = State.Instances.All.ToHashSet();
            LaunchAll();
            RunAll(works);
            HealAll();
            KillAll();
            if (before.SetEquals(State.Instances.All))
            {
                return;
            }
        }
    }

    public void Advance(TimeSpan time)
    {
        var end = Now + time;
        while (State.Deadlines.Next is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            Step(turn => State.Deadlines.RingDue(turn, Now));
        }

        Now = end;
    }

    /// <summary>A new life from what was made durable.</summary>
    public void Restart()
    {
        State = new(_options with { IdNode = ++_lives });
        Kills.Clear();
        Step(turn => Recovery.Recover(turn, _store));
        Step(turn => Session.Subscribed(turn, new(new FrameworkId("framework"), "master", Again: true)));
    }

    private void Take(ServicesEffect effect)
    {
        switch (effect)
        {
            case ServicesEffect.Persist { Entry: null } gone:
                _store.Remove(gone.Key);
                break;
            case ServicesEffect.Persist put:
                _store[put.Key] = put.Entry;
                break;
            case ServicesEffect.Publish publish:
                Events.Add(publish.Event);
                break;
            case ServicesEffect.Kill kill when !Kills.Contains(kill.Task):
                Kills.Add(kill.Task);
                break;
        }
    }

    private void Each(Func<Instance, bool> which, Action<Instance> act)
    {
        foreach (var id in State.Instances.All.Where(which).Select(instance => instance.Id).Order().ToList())
        {
            if (State.Instances.Find(id) is { } instance && which(instance))
            {
                act(instance);
            }
        }
    }

    private static RunSpec Stamp(RunSpec? before, RunSpec after, DateTimeOffset version)
    {
        var isScaled = before is not null && Bare(before) == Bare(after);
        return after with { Version = version, LastScalingAt = version, LastConfigChangeAt = isScaled ? before!.LastConfigChangeAt : version };
    }

    private static RunSpec Bare(RunSpec spec) => spec with { Version = default, LastScalingAt = default, LastConfigChangeAt = default, Instances = 0 };
}
