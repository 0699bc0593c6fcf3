using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Counters;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Messages between frameworks and their executors: best effort, never repeated.</summary>
internal static class Messages
{
    /// <summary>From a framework to an executor.</summary>
    public static void ToExecutor(Turn turn, Framework framework, Call.Types.Message call)
    {
        turn.State.Counters.Add(CounterNames.MessagesToExecutor);
        if (turn.State.Agents.Find(AgentId.From(call.AgentId)) is not { Connected: true } agent)
        {
            turn.State.Counters.Add(CounterNames.InvalidToExecutor);
            return;
        }

        turn.State.Counters.Add(CounterNames.ValidToExecutor);
        turn.Tell(agent, new()
        {
            FrameworkMessage = new() { FrameworkId = framework.Info.Id, ExecutorId = call.ExecutorId, Data = call.Data },
        });
    }

    /// <summary>From an executor to its framework.</summary>
    public static void ToFramework(Turn turn, Agent agent, AgentFrame.Types.ExecutorMessage message)
    {
        turn.State.Counters.Add(CounterNames.MessagesToFramework);
        if (turn.State.Frameworks.Find(FrameworkId.From(message.FrameworkId)) is not { Connected: true } framework)
        {
            turn.State.Counters.Add(CounterNames.InvalidToFramework);
            return;
        }

        turn.State.Counters.Add(CounterNames.ValidToFramework);
        turn.Send(framework, new Event
        {
            Type = Event.Types.Type.Message,
            Message = new() { AgentId = agent.Info.Id, ExecutorId = message.ExecutorId, Data = message.Data },
        });
    }
}
