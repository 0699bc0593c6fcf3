using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Master.Core.Tasks;
using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Event = Tepui.Protocol.V1.Scheduler.Event;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using State = Tepui.Protocol.Registry.AgentEntry.Types.State;

namespace Tepui.Master.Core.Agents;

/// <summary>Agents stop being registered: they left, were displaced, fell silent, or were given up by an operator.</summary>
internal static class AgentRemoval
{
    /// <summary>An agent leaves for good.</summary>
    public static void Unregister(Turn turn, Agent agent)
    {
        turn.State.Counters.Add(CounterNames.MessagesUnregisterAgent);
        turn.State.Counters.Add(CounterNames.AgentRemovalsUnregistered);
        Leave(turn, agent, "the agent unregistered");
    }

    /// <summary>Another agent registered from the same place: this one cannot be there any more.</summary>
    public static void Displaced(Turn turn, Agent agent)
    {
        turn.State.Counters.Add(CounterNames.AgentRemovalsRegistered);
        Leave(turn, agent, "a new agent registered at the same address");
    }

    /// <summary>Another agent registered from the place of one that was expected back after a failover.</summary>
    public static void Displaced(Turn turn, AgentEntry expected)
    {
        var id = AgentId.From(expected.AgentInfo.Id);
        turn.State.Agents.Recovered.Remove(id);
        turn.Persist(RegistryKeys.Of(id), null);
        turn.State.Counters.Add(CounterNames.AgentRemovals);
        turn.State.Counters.Add(CounterNames.AgentRemovalsRegistered);
        turn.State.Changed();
        TellFailure(turn, expected.AgentInfo.Id);
    }

    /// <summary>An agent was silent for too long. It may come back, and its tasks with it.</summary>
    public static void Unreachable(Turn turn, Agent agent)
    {
        var entry = RegistryKeys.Entry(agent, State.Unreachable, turn.Now);
        turn.Persist(RegistryKeys.Of(agent.Id), entry);
        turn.State.Agents.Unreachable.Add(agent.Id, entry);
        turn.State.Counters.Add(CounterNames.AgentRemovals);
        turn.State.Counters.Add(CounterNames.AgentRemovalsUnhealthy);
        turn.State.Counters.Add(CounterNames.AgentUnreachableScheduled);
        turn.State.Counters.Add(CounterNames.AgentUnreachableCompleted);
        foreach (var task in agent.Tasks.ToArray())
        {
            SetAside(turn, agent, task, entry.SinceNanoseconds);
        }

        Close(turn, agent);
        Retention.Limit(turn);
    }

    /// <summary>An agent is gone for good, by an operator's word.</summary>
    public static void Gone(Turn turn, Agent agent, AgentEntry entry)
    {
        turn.State.Agents.Gone.Add(agent.Id, entry);
        foreach (var task in agent.Tasks.ToArray())
        {
            var framework = Owner(turn, task);
            var (state, reason) = MarkGone.Outcome(framework);
            TaskBook.End(turn, framework, agent, task, state, reason, MarkGone.Message);
        }

        turn.State.Counters.Add(CounterNames.AgentRemovals);
        if (agent.Link is { } link)
        {
            turn.Tell(link, new() { Shutdown = new() { Message = MarkGone.Message } });
        }

        Close(turn, agent);
    }

    /// <summary>Tells every connected framework that an agent is lost.</summary>
    public static void TellFailure(Turn turn, AgentID agent)
    {
        foreach (var framework in turn.State.Frameworks.Live)
        {
            turn.Send(framework, new Event
            {
                Type = Event.Types.Type.Failure,
                Failure = new() { AgentId = agent },
            });
        }
    }

    private static void Leave(Turn turn, Agent agent, string why)
    {
        turn.Persist(RegistryKeys.Of(agent.Id), null);
        turn.State.Counters.Add(CounterNames.AgentRemovals);
        foreach (var task in agent.Tasks.ToArray())
        {
            TaskBook.End(turn, Owner(turn, task), agent, task, TaskState.TaskLost, Reason.AgentRemoved, $"Agent {agent.Info.Hostname} removed: {why}");
        }

        Close(turn, agent);
        turn.Publish(new()
        {
            Type = Protocol.V1.Master.Event.Types.Type.AgentRemoved,
            AgentRemoved = new() { AgentId = agent.Info.Id },
        });
    }

    private static void SetAside(Turn turn, Agent agent, LaunchedTask task, long since)
    {
        var framework = Owner(turn, task);
        if (TaskStates.IsTerminal(task.State))
        {
            TaskBook.Complete(turn, framework, agent, task);
            return;
        }

        var state = framework.Can.PartitionAware ? TaskState.TaskUnreachable : TaskState.TaskLost;
        var status = Statuses.Make(turn, task.Wire.TaskId, state, Reason.AgentRemoved, $"Agent {agent.Info.Hostname} is unreachable", task.Wire.AgentId);
        status.UnreachableTime = new() { Nanoseconds = since };
        TaskBook.Update(turn, framework, agent, task, status, state);
        turn.Send(framework, Statuses.Event(status));
        TaskBook.SetAside(turn, framework, agent, task);
    }

    // What all ends have in common, once the tasks are dealt with.
    private static void Close(Turn turn, Agent agent)
    {
        foreach (var offer in agent.Offers.ToArray())
        {
            Withdrawal.Rescind(turn, offer);
        }

        foreach (var executor in agent.Executors.ToArray())
        {
            var framework = turn.State.Frameworks.Find(FrameworkId.From(executor.Info.FrameworkId));
            Invariant.Holds(framework is not null);
            ExecutorBook.Remove(turn, framework, agent, executor);
        }

        Invariant.Holds(agent.Tasks.Count == 0);
        Invariant.Holds(agent.Allocated.IsEmpty);
        Invariant.Holds(agent.Offered.IsEmpty);
        foreach (var framework in turn.State.Frameworks.Live)
        {
            framework.Agents.Remove(agent.Id);
        }

        agent.Ping?.Cancel();
        agent.Return?.Cancel();
        Pool.Remove(turn, agent);
        if (agent.Link is { } link)
        {
            turn.Close(link);
        }

        turn.State.Agents.Remove(agent);
        turn.State.Changed();
        TellFailure(turn, agent.Info.Id);
    }

    private static Framework Owner(Turn turn, LaunchedTask task)
    {
        var framework = turn.State.Frameworks.Find(task.Framework);
        Invariant.Holds(framework is not null, "a task's framework lives");
        return framework;
    }
}
