using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Tasks;
using Cause = Tepui.Protocol.Checkpoints.KillEntry.Types.Cause;

namespace Tepui.Agent.Core.Registration;

/// <summary>Ends every task by its kill policy, takes no new one, then stops. The agent keeps its id: the next start is the same agent.</summary>
internal static class Drain
{
    public static void Begin(Turn turn)
    {
        var leaving = turn.State.Leaving;
        if (leaving.IsLeaving || leaving.IsDraining)
        {
            return;
        }

        leaving.IsDraining = true;
        leaving.ExitCode = Leave.ExitCodeLeft;
        leaving.Reason = "the agent is drained";
        foreach (var executor in turn.State.Frameworks.InOrder().SelectMany(ExecutorLife.InOrder).ToList())
        {
            End(turn, executor);
        }

        Leave.FinishIfEmpty(turn);
    }

    private static void End(Turn turn, ExecutorRecord executor)
    {
        if (executor.Kind == ExecutorKind.Custom)
        {
            ExecutorLife.ShutDown(turn, executor);
            return;
        }

        foreach (var task in ExecutorLife.TasksInOrder(executor))
        {
            if (task.Phase == TaskPhase.Queued)
            {
                TaskKill.KillQueued(turn, task);
            }
            else
            {
                TaskKill.Begin(turn, task, Cause.Wanted);
            }
        }
    }
}
