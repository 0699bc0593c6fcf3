using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Counters;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;

namespace Tepui.Master.Core.Tasks;

/// <summary>Status updates on their way from an agent to the framework.</summary>
internal static class Updates
{
    /// <summary>Forwards an update to its framework, and writes down what it says. A framework that is away does not get it; the agent sends it again.</summary>
    public static void Arrived(Turn turn, Agent agent, AgentFrame.Types.StatusUpdate update)
    {
        var counters = turn.State.Counters;
        counters.Add(CounterNames.MessagesStatusUpdate);
        if (turn.State.Frameworks.Find(FrameworkId.From(update.FrameworkId)) is not { } framework)
        {
            counters.Add(CounterNames.InvalidUpdates);
            turn.Tell(agent, new() { ShutdownFramework = new() { FrameworkId = update.FrameworkId } });
            return;
        }

        // Known or not, the framework hears of it, so that it can acknowledge it and the agent comes to rest.
        turn.Send(framework, Statuses.Event(update.Status));
        if (agent.Tasks[(framework.Id, TaskId.From(update.Status.TaskId))] is not { } task)
        {
            counters.Add(CounterNames.InvalidUpdates);
            return;
        }

        counters.Add(CounterNames.ValidUpdates);
        TaskBook.Update(turn, framework, agent, task, update.Status, update.LatestState);
    }
}
