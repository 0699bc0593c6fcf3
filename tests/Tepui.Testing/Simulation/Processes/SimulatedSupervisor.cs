using Tepui.Agent.Core;
using Tepui.Model.Identifiers;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>One process on a machine, as its supervisor knows it.</summary>
internal sealed class SimulatedContainer(ContainerId id, string framework, SimulatedTask? task, int pid)
{
    public ContainerId Id { get; } = id;

    public string Framework { get; } = framework;

    /// <summary>The tasks that run in it: its own one, or those of the executor it is.</summary>
    public IEnumerable<SimulatedTask> Tasks => !Running ? [] : task is not null ? [task] : Executor?.Tasks ?? [];

    /// <summary>Set when it is a framework's own executor.</summary>
    public SimulatedExecutor? Executor { get; set; }

    /// <summary>Ends it by itself, with a wait status.</summary>
    public Action<int>? End { get; set; }

    public int Pid { get; } = pid;

    public bool Running { get; set; } = true;

    public int? WaitStatus { get; set; }

    public DateTimeOffset? KillBy { get; set; }

    /// <summary>It runs no longer.</summary>
    public void Died()
    {
        Running = false;
        Executor?.Died();
        if (task is not null)
        {
            task.HasEnded = true;
        }
    }

    public override string ToString() => task?.ToString() ?? $"an executor of {Framework} with {string.Join(", ", Tasks)}";
}

/// <summary>Parent of the containers of one machine: outlives the agent, remembers exits until it may forget them.</summary>
internal sealed class SimulatedSupervisor(SimulatedCluster cluster, AgentProcess agent)
{
    private readonly SortedDictionary<ContainerId, SimulatedContainer> _containers = [];
    private int _pids = 1000;

    private World World => cluster.World;

    public IEnumerable<SimulatedContainer> All => _containers.Values;

    public IEnumerable<SimulatedContainer> Running => _containers.Values.Where(static container => container.Running);

    /// <summary>It is being started again: exits go unseen.</summary>
    public bool IsBlind { get; set; }

    public List<SupervisedContainer> Table() => [.. All.Select(static container => new SupervisedContainer(container.Id, container.Pid, container.Running, container.WaitStatus))];

    public void Start(ContainerPlan plan)
    {
        var task = plan.Environment.ContainsKey("MESOS_TASK_ID") ? cluster.Promises.Started(plan, agent.Name) : null;
        var container = new SimulatedContainer(plan.Id, plan.Framework.Value, task, ++_pids);
        container.End = status => End(container, status);
        _containers.Add(plan.Id, container);
        agent.Later(World.Seconds(0.0001, 0.005), () => agent.Post(new AgentInput.ContainerStarted(plan.Id, container.Pid)));
        if (task?.Lifetime is { } lifetime)
        {
            World.After(lifetime, () => End(container, task.WaitStatus));
        }

        if (task is null)
        {
            container.Executor = new(cluster, agent, container, plan);
            World.After(World.Seconds(0.001, 0.5), container.Executor.Connect);
            if (World.MayCrash && World.Chance(0.2))
            {
                World.After(World.Seconds(0, 60), () => End(container, 139));
            }
        }
    }

    public void Kill(ContainerId id, TimeSpan grace)
    {
        if (!_containers.TryGetValue(id, out var container) || !container.Running)
        {
            return;
        }

        var by = World.Now + grace;
        if (container.KillBy is null)
        {
            World.After(World.Seconds(0.001, 3), () => End(container, World.Chance(0.2) ? 0 : 15));
        }

        if (container.KillBy is not { } set || set > by)
        {
            container.KillBy = by;
            World.After(grace, () => End(container, 9));
        }
    }

    public void Forget(ContainerId id)
    {
        if (_containers.TryGetValue(id, out var container) && !container.Running)
        {
            _containers.Remove(id);
        }
    }

    /// <summary>The machine goes down.</summary>
    public void LoseAll()
    {
        foreach (var container in _containers.Values)
        {
            container.Died();
        }

        _containers.Clear();
    }

    private void End(SimulatedContainer container, int status)
    {
        if (!container.Running)
        {
            return;
        }

        World.Note(agent.Name, $"container {container.Id} ends with {status}: {container}");
        container.Died();
        container.WaitStatus = IsBlind ? null : status;
        agent.Later(World.Seconds(0.0001, IsBlind ? 2 : 0.005), () => agent.Post(new AgentInput.ContainerExited(container.Id, container.WaitStatus)));
    }
}
