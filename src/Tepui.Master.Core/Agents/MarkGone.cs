using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Registry;
using Tepui.Master.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using State = Tepui.Protocol.Registry.AgentEntry.Types.State;

namespace Tepui.Master.Core.Agents;

/// <summary>An operator declares an agent gone for good.</summary>
internal static class MarkGone
{
    /// <summary>What frameworks and the agent hear.</summary>
    public const string Message = "Agent has been marked gone";

    /// <summary>Works for agents that are registered, expected back, or unreachable; doing it again changes nothing.</summary>
    public static void Mark(Turn turn, MasterInput.MarkAgentGone input)
    {
        var agents = turn.State.Agents;
        var agent = agents.Find(input.Agent);
        var known = agents.Recovered[input.Agent] ?? agents.Unreachable[input.Agent];
        if (agent is null && known is null)
        {
            var gone = agents.Gone.Contains(input.Agent);
            turn.Reply(input.Request, gone ? 200 : 404, gone ? "" : "Agent not found");
            return;
        }

        var entry = agent is not null ? RegistryKeys.Entry(agent, State.Gone, turn.Now) : RegistryKeys.With(known!, State.Gone, turn.Now);
        turn.Persist(RegistryKeys.Of(input.Agent), entry);
        if (agent is not null)
        {
            AgentRemoval.Gone(turn, agent, entry);
        }
        else
        {
            agents.Recovered.Remove(input.Agent);
            agents.Unreachable.Remove(input.Agent);
            agents.Gone.Add(input.Agent, entry);
            EndUnreachable(turn, input.Agent);
            turn.State.Changed();
            AgentRemoval.TellFailure(turn, entry.AgentInfo.Id);
        }

        Retention.Limit(turn);
        turn.Reply(input.Request, 200);
    }

    /// <summary>How a framework is told that a task is gone with its agent.</summary>
    public static (TaskState State, Reason Reason) Outcome(Framework framework) => framework.Can.PartitionAware
        ? (TaskState.TaskGoneByOperator, Reason.AgentRemovedByOperator)
        : (TaskState.TaskLost, Reason.AgentRemoved);

    private static void EndUnreachable(Turn turn, AgentId agent)
    {
        foreach (var framework in turn.State.Frameworks.ToArray())
        {
            foreach (var task in framework.UnreachableTasks.ToArray())
            {
                if (task.Agent == agent)
                {
                    End(turn, framework, task);
                }
            }
        }
    }

    private static void End(Turn turn, Framework framework, LaunchedTask task)
    {
        var (state, reason) = Outcome(framework);
        var status = Statuses.Make(turn, task.Wire.TaskId, state, reason, Message, task.Wire.AgentId);
        task.Wire = TaskWire.With(task.Wire, status, state);
        framework.UnreachableTasks.Remove(task.Id);
        turn.State.Counters.TaskEnded(state, status);
        framework.Metrics.TaskEnded(state);
        turn.Publish(Statuses.Updated(framework.Id, status, state));
        turn.Send(framework, Statuses.Event(status));
        TaskBook.Completed(turn, framework, task);
    }
}
