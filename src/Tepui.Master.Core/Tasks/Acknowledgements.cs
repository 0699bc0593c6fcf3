using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Tasks;

/// <summary>Acknowledgements on their way from a framework to the agent.</summary>
internal static class Acknowledgements
{
    /// <summary>Passes one on. The acknowledgement of a terminal state ends the account of the task. Without the agent it is dropped: the agent will send the update again.</summary>
    public static void Acknowledge(Turn turn, Framework framework, Call.Types.Acknowledge call)
    {
        var counters = turn.State.Counters;
        counters.Add(CounterNames.MessagesAcknowledge);
        if (turn.State.Agents.Find(AgentId.From(call.AgentId)) is not { Connected: true } agent)
        {
            counters.Add(CounterNames.InvalidAcknowledgements);
            return;
        }

        if (agent.Tasks[(framework.Id, TaskId.From(call.TaskId))] is { } task
            && task.Wire.HasStatusUpdateState
            && TaskStates.IsTerminal(task.Wire.StatusUpdateState)
            && task.Wire.StatusUpdateUuid == call.Uuid)
        {
            TaskBook.Complete(turn, framework, agent, task);
        }

        counters.Add(CounterNames.ValidAcknowledgements);
        turn.Tell(agent, new()
        {
            AcknowledgeStatus = new() { FrameworkId = framework.Info.Id, TaskId = call.TaskId, Uuid = call.Uuid },
        });
    }
}
