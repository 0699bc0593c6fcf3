using Tepui.Master.Core.Views;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Testing.Simulation.Processes;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>Whether a pool has come to rest: everybody is back, every task is accounted for, all that is free is offered, and nothing is left lying about.</summary>
internal static class Rest
{
    /// <summary>The first thing that is missing, or <see langword="null"/>.</summary>
    public static string? Missing(SimulatedCluster cluster)
    {
        if (!cluster.Leader.IsUp)
        {
            return "the master is down";
        }

        var view = cluster.Leader.View();
        return cluster.Agents.Select(agent => Agent(view, agent)).FirstOrDefault(static problem => problem is not null)
            ?? cluster.Schedulers.Select(scheduler => Scheduler(cluster, view, scheduler)).FirstOrDefault(static problem => problem is not null)
            ?? cluster.Agents.Select(agent => Containers(cluster, agent)).FirstOrDefault(static problem => problem is not null)
            ?? cluster.Agents.Select(agent => Leftovers(cluster, agent)).FirstOrDefault(static problem => problem is not null)
            ?? view.Agents.Select(agent => Free(cluster, agent)).FirstOrDefault(static problem => problem is not null);
    }

    private static string? Agent(MasterView view, AgentProcess agent)
    {
        if (!agent.IsUp || !agent.View().Registered)
        {
            return $"{agent.Name} is not registered";
        }

        var own = agent.View();
        var id = own.Info.Id;
        var known = view.Agents.FirstOrDefault(one => one.Info.Id.Equals(id));
        if (known is not { Connected: true })
        {
            return $"{agent.Name} takes itself for registered as {id.Value}, the master does not";
        }

        return known.Allocated.Unallocate().Equals(own.Allocated.Unallocate())
            ? null
            : $"{agent.Name} has {own.Allocated} in use [{string.Join(" ", own.Frameworks.SelectMany(static framework => framework.Executors).Select(static executor => $"{executor.Info.FrameworkId.Value}/{executor.Info.ExecutorId.Value} {executor.State}"))}], "
                + $"the master thinks {known.Allocated} [{string.Join(" ", known.Executors.Select(static executor => $"{executor.FrameworkId.Value}/{executor.ExecutorId.Value}"))}]";
    }

    private static string? Scheduler(SimulatedCluster cluster, MasterView view, SchedulerProcess scheduler)
    {
        if (!scheduler.IsSubscribed || view.Frameworks.FirstOrDefault(one => one.Id.Value == scheduler.Id) is not { Connected: true } known)
        {
            return $"{scheduler.Name} is not subscribed";
        }

        foreach (var task in scheduler.Tasks.Values)
        {
            if (Task(cluster, known, task) is { } problem)
            {
                return $"{problem}: {task}";
            }
        }

        return known.Tasks.FirstOrDefault(task => !scheduler.Tasks.TryGetValue(task.Task.TaskId.Value, out var mine) || mine.IsOver) is { } extra
            ? $"the master has {extra.Task.TaskId.Value} {extra.Task.State}, which is over for {scheduler.Name}"
            : null;
    }

    private static string? Task(SimulatedCluster cluster, FrameworkView known, SimulatedTask task)
    {
        var running = cluster.Agents.FirstOrDefault(agent => agent.Supervisor.Running.Any(container => container.Tasks.Contains(task)));
        if (running is null)
        {
            return task.IsOver || task.State is TaskState.TaskUnknown || (task.State == TaskState.TaskUnreachable && cluster.Agents.All(agent => agent.View().Info.Id.Value != task.Agent))
                ? null
                : "a task that does not run is not over";
        }

        if (task.State is not (TaskState.TaskRunning or TaskState.TaskStarting))
        {
            return task.State == TaskState.TaskKilling ? "a task is still being killed" : "a task that runs is not told to be running";
        }

        return known.Tasks.Any(one => one.Task.TaskId.Value == task.Id && one.Task.State == TaskState.TaskRunning) ? null : "the master does not know that a task runs";
    }

    private static string? Containers(SimulatedCluster cluster, AgentProcess agent)
    {
        foreach (var container in agent.Supervisor.All)
        {
            if (!container.Running)
            {
                return $"{agent.Name} has not dealt with the end of {container}";
            }

            if (cluster.Own.Any(own => own.Id == container.Framework))
            {
                // The rest of Tepui's own frameworks is judged by what their clients asked for.
                continue;
            }

            if (cluster.Schedulers.FirstOrDefault(scheduler => scheduler.Id == container.Framework) is not { } owner
                || container.Tasks.Any(task => owner.Tasks.GetValueOrDefault(task.Id) is not { IsOver: false }))
            {
                return $"{agent.Name} runs {container}, which nobody wants";
            }
        }

        return null;
    }

    /// <summary>Checkpoints of what is over are removed, sandboxes' entries apart.</summary>
    private static string? Leftovers(SimulatedCluster cluster, AgentProcess agent)
    {
        foreach (var key in agent.Disk.Keys)
        {
            var parts = key.Split('/');
            if (parts[0] is "tasks" or "updates" or "kills" && !agent.Supervisor.Running.Any(container => container.Framework == parts[1] && container.Tasks.Any(task => task.Id == parts[2])))
            {
                return $"{agent.Name} still has {key} on its disk";
            }

            if (parts[0] == "frameworks" && !agent.Supervisor.Running.Any(container => container.Framework == parts[1]))
            {
                return $"{agent.Name} still has {key} on its disk, and nothing of it runs";
            }
        }

        return null;
    }

    private static string? Free(SimulatedCluster cluster, AgentView agent)
    {
        if (!agent.Connected)
        {
            return null;
        }

        var taken = ResourceSet.Sum([agent.Allocated.Unallocate(), agent.Offered.Unallocate()]);
        return cluster.Schedulers.Count == 0 || cluster.Own.Count > 0 || taken.Equals(agent.Total) ? null : $"{agent.Info.Id.Value} has {agent.Total}, and only {taken} is taken or offered";
    }
}
