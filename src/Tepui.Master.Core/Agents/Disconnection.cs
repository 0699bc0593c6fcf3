using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Tasks;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Agents;

/// <summary>Agents lose their links, and may come back for a while.</summary>
internal static class Disconnection
{
    /// <summary>A link ended. Its agent is not offered until it is back. Frameworks that neither checkpoint nor know partitions are told at once that their tasks are lost;
    /// one that is PARTITION_AWARE takes TASK_LOST for final, so it is told once it is known what became of them.</summary>
    public static void Closed(Turn turn, LinkId link)
    {
        if (turn.State.Agents.Find(link) is not { } agent)
        {
            return;
        }

        turn.State.Agents.Disconnect(agent);
        Pings.Stop(agent);
        Pool.Leave(turn, agent);
        foreach (var offer in agent.Offers.ToArray())
        {
            Withdrawal.Rescind(turn, offer);
        }

        LoseUncheckpointed(turn, agent);
        agent.Touch();
        turn.State.Changed();
        if (turn.State.Agents.At(agent.Place)[^1] != agent)
        {
            // Another agent took its place while it still seemed to be there.
            AgentRemoval.Displaced(turn, agent);
            return;
        }

        agent.Return = turn.State.Deadlines.Set(
            WireTime.Later(turn.Now, turn.State.Options.AgentReregisterTimeout),
            later => AgentRemoval.Unreachable(later, agent));
    }

    private static void LoseUncheckpointed(Turn turn, Agent agent)
    {
        foreach (var task in agent.Tasks.ToArray())
        {
            if (turn.State.Frameworks.Find(task.Framework) is { Info.Checkpoint: false, Can.PartitionAware: false } framework)
            {
                TaskBook.End(turn, framework, agent, task, TaskState.TaskLost, Reason.AgentDisconnected, $"Agent {agent.Info.Hostname} disconnected");
            }
        }

        foreach (var executor in agent.Executors.ToArray())
        {
            if (turn.State.Frameworks.Find(Model.Identifiers.FrameworkId.From(executor.Info.FrameworkId)) is { Info.Checkpoint: false, Can.PartitionAware: false } framework)
            {
                ExecutorBook.Remove(turn, framework, agent, executor);
            }
        }
    }
}
