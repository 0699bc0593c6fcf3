using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Operations;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Reconciliation;

/// <summary>Tells frameworks what became of their operations. The master keeps none under way, so what it says rests on the agent alone.</summary>
internal static class OperationReconciliation
{
    /// <summary>Answers for the operations named; when none is, there is nothing to tell.</summary>
    public static void Reconcile(Turn turn, Framework framework, Call.Types.ReconcileOperations call)
    {
        turn.State.Counters.Add(CounterNames.MessagesReconcileOperations);
        foreach (var operation in call.Operations)
        {
            var (state, message) = Outcome(turn, AgentId.From(operation.AgentId));
            var status = OperationStatuses.Make(operation.OperationId, state, message);
            status.AgentId = operation.AgentId;
            status.ResourceProviderId = operation.ResourceProviderId;
            turn.Send(framework, OperationStatuses.Event(status));
        }
    }

    private static (OperationState State, string Message) Outcome(Turn turn, AgentId agent)
    {
        var agents = turn.State.Agents;
        if (!agent.IsSet)
        {
            return (OperationState.OperationUnknown, "Reconciliation: Operation is unknown and no 'agent_id' was provided");
        }

        if (agents.Recovered.Contains(agent))
        {
            return (OperationState.OperationRecovering, "Reconciliation: Agent is recovered but has not re-registered");
        }

        if (agents.Unreachable.Contains(agent))
        {
            return (OperationState.OperationUnreachable, "Reconciliation: Agent is unreachable");
        }

        return agents.Gone.Contains(agent)
            ? (OperationState.OperationGoneByOperator, "Reconciliation: Agent marked gone by operator")
            : (OperationState.OperationUnknown, "Reconciliation: Operation is unknown");
    }
}
