using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Registration;
using Tepui.Model.Units;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Recovery;

/// <summary>Gives executors time to come back to a restarted agent.</summary>
internal static class RecoveryWait
{
    public static void For(Turn turn, ExecutorRecord executor)
    {
        var limit = turn.Options.ExecutorReregistrationTimeout;
        var end = new ExecutorEnd(
            TaskState.TaskGone,
            Reason.ExecutorReregistrationTimeout,
            $"Executor did not reregister within {DurationText.Print(limit)}");
        turn.State.Recovery.Awaited.Add(executor);
        executor.Timer = turn.After(limit, t =>
        {
            ExecutorLife.Destroy(t, executor, end);
            Returned(t, executor);
        });
    }

    /// <summary>An executor came back, or never will. After the last one the agent registers.</summary>
    public static void Returned(Turn turn, ExecutorRecord executor)
    {
        var recovery = turn.State.Recovery;
        if (recovery.Awaited.Remove(executor) && !recovery.IsWaiting)
        {
            Admission.SayHello(turn);
        }
    }
}
