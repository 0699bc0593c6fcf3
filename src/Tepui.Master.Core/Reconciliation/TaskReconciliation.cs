using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Reconciliation;

/// <summary>Tells frameworks what became of their tasks.</summary>
internal static class TaskReconciliation
{
    /// <summary>Answers for the tasks named, or for all when none is.</summary>
    public static void Reconcile(Turn turn, Framework framework, Call.Types.Reconcile call)
    {
        turn.State.Counters.Add(CounterNames.MessagesReconcileTasks);
        if (call.Tasks.Count == 0)
        {
            foreach (var task in framework.Tasks)
            {
                SendLatest(turn, framework, task);
            }
        }

        foreach (var task in call.Tasks)
        {
            Explicit(turn, framework, task.TaskId, task.AgentId);
        }
    }

    /// <summary>Answers for one task. The cases, first match counts:
    /// <list type="table">
    /// <item><term>task known</term><description>its last forwarded state</description></item>
    /// <item><term>its agent, or any agent when none is named, may still come back after a failover</term><description>nothing, until that is settled</description></item>
    /// <item><term>agent registered</term><description>TASK_GONE</description></item>
    /// <item><term>agent unreachable</term><description>TASK_UNREACHABLE, since when</description></item>
    /// <item><term>agent gone</term><description>TASK_GONE_BY_OPERATOR</description></item>
    /// <item><term>else</term><description>TASK_UNKNOWN</description></item>
    /// </list>
    /// A framework that is not PARTITION_AWARE gets TASK_LOST for all but the first.</summary>
    public static void Explicit(Turn turn, Framework framework, TaskID id, AgentID? agentId)
    {
        if (framework.Tasks[TaskId.From(id)] is { } task)
        {
            SendLatest(turn, framework, task);
            return;
        }

        var agents = turn.State.Agents;
        var agent = AgentId.From(agentId);
        if (agent.IsSet ? agents.Recovered.Contains(agent) : agents.Recovered.Count > 0)
        {
            return;
        }

        if (agents.Find(agent) is not null)
        {
            Tell(turn, framework, id, agentId, TaskState.TaskGone, "Reconciliation: Task is unknown to the agent");
        }
        else if (agents.Unreachable[agent] is { } unreachable)
        {
            Tell(turn, framework, id, agentId, TaskState.TaskUnreachable, "Reconciliation: Task is unreachable", unreachable.SinceNanoseconds);
        }
        else if (agents.Gone.Contains(agent))
        {
            Tell(turn, framework, id, agentId, TaskState.TaskGoneByOperator, "Reconciliation: Task is gone");
        }
        else
        {
            Tell(turn, framework, id, agentId, TaskState.TaskUnknown, "Reconciliation: Task is unknown");
        }
    }

    private static void SendLatest(Turn turn, Framework framework, LaunchedTask task) =>
        turn.Send(framework, Statuses.Event(Statuses.Latest(turn, task, Reason.Reconciliation, "Reconciliation: Latest task state")));

    private static void Tell(Turn turn, Framework framework, TaskID id, AgentID? agent, TaskState state, string message, long? unreachable = null)
    {
        var status = Statuses.Make(turn, id, framework.Can.PartitionAware ? state : TaskState.TaskLost, Reason.Reconciliation, message, agent);
        if (unreachable is { } since)
        {
            status.UnreachableTime = new() { Nanoseconds = since };
        }

        turn.Send(framework, Statuses.Event(status));
    }
}
