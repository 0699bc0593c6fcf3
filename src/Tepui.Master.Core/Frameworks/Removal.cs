using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Master.Core.Tasks;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Frameworks end: torn down, or away for too long.</summary>
internal static class Removal
{
    /// <summary>So many removed ids stay barred; beyond that the oldest is forgotten.</summary>
    public const int BarredMax = 10_000;

    /// <summary>Removes a framework at the wish of an operator.</summary>
    public static void Teardown(Turn turn, MasterInput.Teardown input)
    {
        if (turn.State.Frameworks.Find(input.Framework) is not { } framework)
        {
            turn.Reply(input.Request, 400, "No framework found with specified ID");
            return;
        }

        Remove(turn, framework);
        turn.Reply(input.Request, 200);
    }

    /// <summary>Ends all tasks and executors of a framework everywhere, and bars its id for good.</summary>
    public static void Remove(Turn turn, Framework framework)
    {
        framework.Failover?.Cancel();
        framework.Heartbeat?.Cancel();
        foreach (var offer in framework.Offers.ToArray())
        {
            Withdrawal.Discard(turn, offer);
        }

        EndTasks(turn, framework);
        EndExecutors(turn, framework);
        Pool.Remove(turn, framework);
        if (framework.Stream is { } stream)
        {
            turn.Close(stream);
        }

        turn.State.Frameworks.Remove(framework);
        turn.Publish(FrameworkEvents.Removed(framework));
        Archive(turn, framework);
    }

    private static void EndTasks(Turn turn, Framework framework)
    {
        foreach (var task in framework.Tasks.ToArray())
        {
            var agent = turn.State.Agents.Find(task.Agent);
            Model.Invariant.Holds(agent is not null, "a task that is not set aside is on a registered agent");
            if (!TaskStates.IsTerminal(task.State))
            {
                var status = Statuses.Make(turn, task.Wire.TaskId, TaskState.TaskKilled, Reason.FrameworkRemoved, $"Framework {framework.Id} removed", task.Wire.AgentId);
                TaskBook.Update(turn, framework, agent, task, status, TaskState.TaskKilled);
            }

            TaskBook.Complete(turn, framework, agent, task);
        }

        foreach (var task in framework.UnreachableTasks.ToArray())
        {
            framework.UnreachableTasks.Remove(task.Id);
            TaskBook.Completed(turn, framework, task);
        }
    }

    private static void EndExecutors(Turn turn, Framework framework)
    {
        foreach (var id in framework.Agents.Order())
        {
            if (turn.State.Agents.Find(id) is { } agent)
            {
                turn.Tell(agent, new() { ShutdownFramework = new() { FrameworkId = framework.Info.Id } });
            }
        }

        foreach (var executor in framework.Executors.ToArray())
        {
            var agent = turn.State.Agents.Find(executor.Agent);
            Model.Invariant.Holds(agent is not null, "an executor is on a registered agent");
            ExecutorBook.Remove(turn, framework, agent, executor);
        }
    }

    private static void Archive(Turn turn, Framework framework)
    {
        var state = turn.State;
        var entry = RegistryKeys.Entry(framework, removed: true);
        entry.RemovedNanoseconds = WireTime.Nanoseconds(turn.Now);
        turn.Persist(RegistryKeys.Of(framework.Id), entry);
        if (state.Frameworks.Bar(framework.Id, BarredMax) is { } forgotten)
        {
            turn.Persist(RegistryKeys.Of(forgotten), null);
        }

        state.Frameworks.Show(framework.FinalView(turn.Now), state.Options.MaxCompletedFrameworks);
        state.Changed();
    }
}
