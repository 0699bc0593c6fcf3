using Tepui.Agent.Core;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Tepui.Testing.Simulation.Processes;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>What was promised to whom, held against what happens.</summary>
internal sealed class Promises(Disk registry)
{
    private readonly Dictionary<(string Framework, string Task), SimulatedTask> _tasks = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    public IEnumerable<SimulatedTask> Tasks => _tasks.Values;

    public void Launch(SimulatedTask task) => _tasks.Add((task.Framework, task.Id), task);

    /// <summary>An agent wants a container started.</summary>
    public void Starts(ContainerPlan plan)
    {
        var task = Of(plan);
        if (++task.Asked > 1)
        {
            World.Fail($"{task.Id} is started twice");
        }
    }

    /// <summary>A container was started.</summary>
    public SimulatedTask Started(ContainerPlan plan, string agent)
    {
        var task = Of(plan);
        Start(task, agent);
        return task;
    }

    /// <summary>A framework's executor was given a task.</summary>
    public SimulatedTask StartedBy(ContainerPlan plan, string id, string executor)
    {
        var task = Of(plan.Framework.Value, id);
        task.Asked++;
        Start(task, executor);
        return task;
    }

    /// <summary>A master says that an agent is admitted.</summary>
    public void Admitted(string name, string id)
    {
        if (_gone.Contains(id))
        {
            World.Fail($"{name} admits {id}, which an operator declared gone");
        }

        if (registry.Read($"agents/{id}") is not AgentEntry { State: AgentEntry.Types.State.Admitted })
        {
            World.Fail($"{name} says that {id} is admitted, and the registry does not say so");
        }
    }

    /// <summary>A master says that a framework is subscribed.</summary>
    public void Subscribed(string name, string id)
    {
        if (_removed.Contains(id))
        {
            World.Fail($"{name} subscribes {id}, which was torn down");
        }

        if (!registry.Has($"frameworks/{id}"))
        {
            World.Fail($"{name} says that {id} is subscribed, and the registry does not say so");
        }
    }

    /// <summary>A framework is refused its id.</summary>
    public void Refused(string name, string id, bool mayExpire)
    {
        if (!mayExpire && registry.Read($"frameworks/{id}") is not FrameworkEntry { Removed: true })
        {
            World.Fail($"{name} is refused as {id}, which is not removed");
        }
    }

    public void Gone(string agent) => _gone.Add(agent);

    public void Removed(string framework) => _removed.Add(framework);

    private static void Start(SimulatedTask task, string where)
    {
        if (++task.Started > 1)
        {
            World.Fail($"{task.Id} runs twice, now on {where}");
        }

        if (task.IsFinal && task.State != TaskState.TaskGoneByOperator)
        {
            World.Fail($"{task.Id} starts on {where} though its framework was told {task.State}");
        }

        task.Began?.Invoke();
    }

    private SimulatedTask Of(ContainerPlan plan) => Of(plan.Framework.Value, plan.Environment["MESOS_TASK_ID"]);

    private SimulatedTask Of(string framework, string id)
    {
        var key = (framework, id);
        if (!_tasks.TryGetValue(key, out var task))
        {
            World.Fail($"nobody launched {key}");
        }

        return task!;
    }
}
