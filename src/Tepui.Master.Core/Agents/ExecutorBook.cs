using Tepui.Master.Core.Accounts;
using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Agents;

/// <summary>Executors of frameworks in the master's books.</summary>
internal static class ExecutorBook
{
    /// <summary>An executor starts, or is known again.</summary>
    public static void Add(Turn turn, Framework framework, Agent agent, RunningExecutor executor)
    {
        agent.Executors.Add((framework.Id, ExecutorId.From(executor.Info.ExecutorId)), executor);
        framework.Executors.Add((agent.Id, ExecutorId.From(executor.Info.ExecutorId)), executor);
        framework.Agents.Add(agent.Id);
        Ledger.Take(turn, framework, agent, executor.Resources);
    }

    /// <summary>An executor is no more; its resources are free.</summary>
    public static void Remove(Turn turn, Framework framework, Agent agent, RunningExecutor executor)
    {
        agent.Executors.Remove((framework.Id, ExecutorId.From(executor.Info.ExecutorId)));
        framework.Executors.Remove((agent.Id, ExecutorId.From(executor.Info.ExecutorId)));
        Ledger.Release(turn, framework, agent, executor.Resources);
    }

    /// <summary>An agent says that an executor ended; the framework hears of it.</summary>
    public static void Exited(Turn turn, Agent agent, AgentFrame.Types.ExecutorExited exited)
    {
        turn.State.Counters.Add(CounterNames.MessagesExitedExecutor);
        if (turn.State.Frameworks.Find(FrameworkId.From(exited.FrameworkId)) is not { } framework)
        {
            return;
        }

        if (agent.Executors[(framework.Id, ExecutorId.From(exited.ExecutorId))] is { } executor)
        {
            Remove(turn, framework, agent, executor);
        }

        turn.Send(framework, new Event
        {
            Type = Event.Types.Type.Failure,
            Failure = new() { AgentId = agent.Info.Id, ExecutorId = exited.ExecutorId, Status = exited.Status },
        });
    }
}
