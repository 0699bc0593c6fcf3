using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Tests.Building;

/// <summary>A core with apps and launched instances, on virtual time. Launches are put into its tables; everything after comes in as inputs.</summary>
internal sealed class LifeWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ServicesOptions _options;
    private int _uuids;
    private int _instances;

    public LifeWorld(ServicesOptions? options = null)
    {
        _options = options ?? new();
        Core = new(_options, new Dictionary<string, IMessage>(), Start);
    }

    public ServicesCore Core { get; private set; }

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>What the store holds.</summary>
    public Dictionary<string, IMessage> Store { get; } = new(StringComparer.Ordinal);

    /// <summary>Effects of the last input or wait.</summary>
    public List<ServicesEffect> Effects { get; private set; } = [];

    public IEnumerable<ServiceEvent> Events => Effects.OfType<ServicesEffect.Publish>().Select(effect => effect.Event);

    public IEnumerable<ServicesEffect.Kill> Kills => Effects.OfType<ServicesEffect.Kill>();

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public LifeWorld Subscribed()
    {
        Step(new ServicesInput.Subscribed(new FrameworkId("framework-1"), "master:5050", Again: false));
        return this;
    }

    /// <summary>Puts an app or pod into the tree, unless it is there already; no instance is started.</summary>
    public T Spec<T>(T spec)
        where T : RunSpec
    {
        var stamped = spec with { Version = Now, LastScalingAt = Now, LastConfigChangeAt = Now };
        Plant(Core.State.Catalog.Tree.With(stamped));
        return (T)stamped;
    }

    /// <summary>Wants another count, without a deployment.</summary>
    public void Scale(RunSpec spec, int instances) => Plant(Core.State.Catalog.Tree.With(spec with { Instances = instances }));

    /// <summary>Deploys an app or pod that is new or changed; its instances wait for offers.</summary>
    public T Deployed<T>(T spec)
        where T : RunSpec
    {
        Inside(turn =>
        {
            var stamped = Versioning.Stamp(turn.State.Catalog.Tree.Spec(spec.Id), spec, turn.NextVersion());
            Assert.IsType<CommandOutcome.Deployed>(DeploymentStart.Start(turn, turn.State.Catalog.Tree.With(stamped), force: false));
        });
        Step(new ServicesInput.Tick());
        return (T)Core.State.Catalog.Tree.Spec(spec.Id)!;
    }

    /// <summary>Launches what waits for offers.</summary>
    public List<Instance> LaunchWaiting(RunSpec spec)
    {
        var waiting = Core.State.Instances.Of(spec.Id).All.Where(instance => instance.Condition == Condition.Scheduled).OrderBy(instance => instance.Id).ToList();
        foreach (var instance in waiting)
        {
            var name = $"host-{++_instances}";
            Inside(turn => turn.State.Instances.Replace(turn, instance with
            {
                Condition = Condition.Provisioned,
                Since = Now,
                Launches = instance.Launches + 1,
                Host = HostOf(name),
                Tasks = Tasks(spec, instance.Id, instance.Launches + 1),
            }));
        }

        return [.. waiting.Select(instance => Core.State.Instances.Find(instance.Id)!)];
    }

    /// <summary>Launches what waits for offers, and lets it run.</summary>
    public List<Instance> RunWaiting(RunSpec spec)
    {
        var launched = LaunchWaiting(spec);
        var effects = new List<ServicesEffect>();
        foreach (var task in launched.SelectMany(instance => instance.Tasks))
        {
            Status(task.Id, TaskState.TaskRunning);
            effects.AddRange(Effects);
        }

        Effects = effects;
        return [.. launched.Select(instance => Core.State.Instances.Find(instance.Id)!)];
    }

    /// <summary>The agents say that what was killed has ended.</summary>
    public void EndKilled()
    {
        foreach (var task in Core.State.Instances.All.Where(instance => instance.Condition == Condition.Killing).OrderBy(instance => instance.Id).SelectMany(instance => instance.Tasks).ToList())
        {
            Status(task.Id, TaskState.TaskKilled);
        }
    }

    /// <summary>Puts instances that were just launched.</summary>
    public List<Instance> Launched(RunSpec spec, int count = 1, string? host = null)
    {
        var launched = new List<Instance>();
        for (var index = 0; index < count; index++)
        {
            var number = ++_instances;
            var id = new InstanceId($"{spec.Id.Underscored}.instance-{number:d8}-0000-1000-8000-000000000000");
            var name = host ?? $"host-{number}";
            var instance = new Instance
            {
                Id = id,
                Spec = spec.Id,
                SpecVersion = spec.Version,
                ConfigVersion = spec.LastConfigChangeAt,
                Role = spec.Role,
                Condition = Condition.Provisioned,
                Since = Now,
                Launches = 1,
                Host = HostOf(name),
                Tasks = Tasks(spec, id, 1),
            };
            Inside(turn => turn.State.Instances.Add(turn, instance));
            launched.Add(instance);
        }

        Core.State.Touched.Clear();
        return launched;
    }

    /// <summary>Puts instances that run by now.</summary>
    public List<Instance> Running(RunSpec spec, int count = 1, string? host = null)
    {
        var launched = Launched(spec, count, host);
        var effects = new List<ServicesEffect>();
        foreach (var task in launched.SelectMany(instance => instance.Tasks))
        {
            Status(task.Id, TaskState.TaskRunning);
            effects.AddRange(Effects);
        }

        Effects = effects;
        return [.. launched.Select(instance => Core.State.Instances.Find(instance.Id)!)];
    }

    public Instance? Find(Instance instance) => Core.State.Instances.Find(instance.Id);

    /// <summary>A status with a new uuid.</summary>
    public TaskStatus Status(TaskId task, TaskState state, Action<TaskStatus>? more = null)
    {
        var status = new TaskStatus { TaskId = task.ToWire(), State = state, Uuid = ByteString.CopyFromUtf8($"uuid-{++_uuids}") };
        more?.Invoke(status);
        Step(new ServicesInput.Updated(status));
        return status;
    }

    public TaskStatus Status(Instance instance, TaskState state, Action<TaskStatus>? more = null) => Status(instance.Tasks[0].Id, state, more);

    /// <summary>What the agent's health check says.</summary>
    public void Reported(Instance instance, bool healthy) =>
        Status(instance.Tasks[0].Id, TaskState.TaskRunning, status =>
        {
            status.Healthy = healthy;
            status.Reason = Reason.TaskHealthCheckStatusUpdated;
        });

    /// <summary>What the scheduler's health check says.</summary>
    public void Checked(Instance instance, bool success, int check = 0, string? cause = null) =>
        Step(new ServicesInput.HealthChecked(instance.Id, check, success, cause));

    public CommandOutcome Request(ServicesCommand command)
    {
        Step(new ServicesInput.Request(new RequestId(1), command, new("127.0.0.1", "/")));
        return Effects.OfType<ServicesEffect.Reply>().Single().Outcome;
    }

    public void Step(ServicesInput input)
    {
        Effects = [];
        Core.Step(input, Now, Effects);
        LifeInvariants.Check(Core.State);
        Keep(Effects);
    }

    /// <summary>Lets time pass; alarms ring at their time.</summary>
    public void Wait(TimeSpan span)
    {
        var until = Now + span;
        var all = new List<ServicesEffect>();
        while (Core.NextDeadline is { } next && next <= until)
        {
            Now = next > Now ? next : Now;
            Step(new ServicesInput.Tick());
            all.AddRange(Effects);
        }

        Now = until;
        Effects = all;
    }

    /// <summary>The process dies and comes again from its store.</summary>
    public void Restart()
    {
        var tree = Core.State.Catalog.Tree;
        Core = new(_options, Store, Now);
        Effects = [];
        Plant(tree);
    }

    /// <summary>The process is dead for a time.</summary>
    public void Away(TimeSpan span)
    {
        Now += span;
        Restart();
    }

    private void Plant(ServiceTree tree) => Core.State.Catalog.Restore(tree.Groups.Values, tree.Specs.Values, [], []);

    public void Inside(Action<Turn> change)
    {
        var effects = new List<ServicesEffect>();
        change(new Turn(Core.State, Now, effects));
        Keep(effects);
    }

    private static Host HostOf(string name) => new(new AgentId("agent-" + name), name, Region: null, Zone: null, new Dictionary<string, string>());

    private void Keep(List<ServicesEffect> effects)
    {
        foreach (var persist in effects.OfType<ServicesEffect.Persist>())
        {
            if (persist.Entry is { } entry)
            {
                Store[persist.Key] = entry;
            }
            else
            {
                Store.Remove(persist.Key);
            }
        }
    }

    private IReadOnlyList<InstanceTask> Tasks(RunSpec spec, InstanceId id, int launch) => spec is PodSpec pod
        ? [.. pod.Containers.Select(container => new InstanceTask { Id = new($"{id.Value}.{container.Name}.{launch}"), Container = container.Name, StagedAt = Now })]
        : [new InstanceTask { Id = new($"{id.Value}._app.{launch}"), StagedAt = Now, HostPorts = [31000 + _instances] }];
}
