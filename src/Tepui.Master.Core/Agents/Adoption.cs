using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Operations;
using Tepui.Master.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Agents;

/// <summary>Takes into the books what an agent that came back has and the master does not: tasks, executors, and the frameworks that own them.</summary>
internal static class Adoption
{
    /// <summary>Takes in frameworks, executors and tasks. What belongs to a removed framework is left out: the agent is told to end it.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="agent">The agent, registered.</param>
    /// <param name="said">What it said.</param>
    /// <param name="tell">Whether frameworks hear of tasks taken in: they may have been told something else before.</param>
    public static void Adopt(Turn turn, Agent agent, AgentFrame.Types.Reregister said, bool tell)
    {
        var infos = new Dictionary<FrameworkId, FrameworkInfo>();
        foreach (var info in said.Frameworks)
        {
            infos[FrameworkId.From(info.Id)] = info;
            if (turn.State.Frameworks.Find(FrameworkId.From(info.Id)) is { } framework)
            {
                framework.Agents.Add(agent.Id);
            }
        }

        foreach (var executor in said.Executors)
        {
            if (Owner(turn, agent, infos, executor.FrameworkId) is { } framework)
            {
                Adopt(turn, framework, agent, executor);
            }
        }

        foreach (var task in said.Tasks)
        {
            if (Owner(turn, agent, infos, task.FrameworkId) is { } framework)
            {
                Adopt(turn, framework, agent, task, tell);
            }
        }
    }

    /// <summary>Executors the agent no longer has are no more.</summary>
    public static void DropExecutors(Turn turn, Agent agent, AgentFrame.Types.Reregister said)
    {
        var named = said.Executors.Select(static executor => (FrameworkId.From(executor.FrameworkId), ExecutorId.From(executor.ExecutorId))).ToHashSet();
        foreach (var executor in agent.Executors.ToArray())
        {
            var owner = FrameworkId.From(executor.Info.FrameworkId);
            if (!named.Contains((owner, ExecutorId.From(executor.Info.ExecutorId))) && turn.State.Frameworks.Find(owner) is { } framework)
            {
                ExecutorBook.Remove(turn, framework, agent, executor);
            }
        }
    }

    /// <summary>Tasks that were set aside when their agent became unreachable are on it again. Returns those the agent does not name; it will be asked for them.</summary>
    public static List<LaunchedTask> BringBack(Turn turn, Agent agent, AgentFrame.Types.Reregister said)
    {
        var named = said.Tasks.Select(static task => (FrameworkId.From(task.FrameworkId), TaskId.From(task.TaskId))).ToHashSet();
        var missing = new List<LaunchedTask>();
        foreach (var framework in turn.State.Frameworks.Live)
        {
            foreach (var task in framework.UnreachableTasks.ToArray())
            {
                if (task.Agent == agent.Id)
                {
                    framework.UnreachableTasks.Remove(task.Id);
                    framework.Touch();
                    if (!named.Contains((framework.Id, task.Id)))
                    {
                        TaskBook.Add(turn, framework, agent, task);
                        missing.Add(task);
                    }
                }
            }
        }

        return missing;
    }

    private static Framework? Owner(Turn turn, Agent agent, Dictionary<FrameworkId, FrameworkInfo> infos, FrameworkID? wire)
    {
        var id = FrameworkId.From(wire);
        if (!id.IsSet || turn.State.Frameworks.IsRemoved(id))
        {
            return null;
        }

        if (turn.State.Frameworks.Find(id) is { } known)
        {
            return known;
        }

        if (!infos.TryGetValue(id, out var info))
        {
            return null;
        }

        var framework = Recovered(turn, info, turn.Now);
        framework.Agents.Add(agent.Id);
        turn.Publish(FrameworkEvents.Added(framework));
        return framework;
    }

    /// <summary>A framework that is known before it subscribed. It is removed if it does not subscribe within its failover timeout, or the time agents have to come back, if that is longer.</summary>
    public static Framework Recovered(Turn turn, FrameworkInfo info, DateTimeOffset registered)
    {
        var framework = new Framework(info, registered) { Recovered = true };
        turn.State.Frameworks.Add(framework);
        Pool.Join(turn, framework);
        var timeout = WireTime.Duration(info.FailoverTimeout);
        var least = turn.State.Options.AgentReregisterTimeout;
        Frameworks.Disconnection.Wait(turn, framework, timeout > least ? timeout : least);
        turn.State.Changed();
        return framework;
    }

    private static void Adopt(Turn turn, Framework framework, Agent agent, ExecutorInfo executor)
    {
        if (executor.ExecutorId is null
            || agent.Executors.Contains((framework.Id, ExecutorId.From(executor.ExecutorId)))
            || ResourceRules.Problem(executor.Resources) is not null)
        {
            return;
        }

        var resources = LaunchForm.Resources(executor.Resources, framework.Roles.FirstOrDefault(Roles.Any));
        Pool.Occupy(turn, framework, agent, resources);
        ExecutorBook.Add(turn, framework, agent, new(agent.Id, executor, resources));
    }

    private static void Adopt(Turn turn, Framework framework, Agent agent, Protocol.V1.Task wire, bool tell)
    {
        var id = TaskId.From(wire.TaskId);
        if (!id.IsSet
            || AgentId.From(wire.AgentId) != agent.Id
            || agent.Tasks.Contains((framework.Id, id))
            || ResourceRules.Problem(wire.Resources) is not null)
        {
            return;
        }

        if (framework.Tasks.Contains(id))
        {
            // The framework gave this one up and used its id again elsewhere.
            turn.Tell(agent, new() { KillTask = new() { FrameworkId = wire.FrameworkId, TaskId = wire.TaskId } });
            return;
        }

        framework.UnreachableTasks.Remove(id);
        var task = new LaunchedTask(
            framework.Id,
            wire,
            LaunchForm.Resources(wire.Resources, framework.Roles.FirstOrDefault(Roles.Any)),
            turn.Now);
        if (TaskStates.HoldsResources(wire.State))
        {
            Pool.Occupy(turn, framework, agent, task.Resources);
        }

        TaskBook.Add(turn, framework, agent, task);
        if (tell && !TaskStates.IsTerminal(wire.State))
        {
            turn.Send(framework, Statuses.Event(Statuses.Latest(turn, task, Reason.AgentReregistered, "Agent re-registered")));
        }
    }
}
