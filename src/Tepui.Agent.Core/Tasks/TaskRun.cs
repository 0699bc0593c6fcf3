using Tepui.Agent.Core.Checks;
using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Updates;
using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Tasks;

/// <summary>The life of a task that the agent itself runs, from its process's start to its exit.</summary>
internal static class TaskRun
{
    public static void Started(Turn turn, TaskRecord task, ContainerRecord container, DateTimeOffset? startedAt)
    {
        if (task.HasEnded)
        {
            return;
        }

        task.Phase = TaskPhase.Launched;
        foreach (var state in new[] { TaskState.TaskStarting, TaskState.TaskRunning })
        {
            var status = Statuses.OfTask(turn, task, state);
            status.Timestamp = TimeOf(turn, task, startedAt);
            Report.Send(turn, task, status);
        }

        Watch(turn, task, turn.Now);
        if (task.Executor.State == ExecutorState.Registering)
        {
            task.Executor.State = ExecutorState.Running;
        }

        if (container.KillBy is not null && task.Kill is null)
        {
            task.Kill = new KillRecord(KillEntry.Types.Cause.Wanted, turn.Now, Policy: null);
        }
    }

    /// <summary>Sets the checks going, and the limit on its time.</summary>
    public static void Watch(Turn turn, TaskRecord task, DateTimeOffset since)
    {
        TaskChecks.Start(turn, task);
        if (task.Info.MaxCompletionTime is { } longest && task.Kill is null)
        {
            var left = Clock.Plus(since, Clock.Wait(longest)) - turn.Now;
            task.Completion = turn.After(left, t => TaskKill.Begin(t, task, KillEntry.Types.Cause.MaxCompletionTime));
        }
    }

    public static void StartFailed(Turn turn, TaskRecord task, string message)
    {
        if (!task.HasEnded)
        {
            // Clients tell the two apart: no sandbox means the task never came to anything.
            var status = message.StartsWith("Failed to create executor directory", StringComparison.Ordinal)
                ? Statuses.Dropped(turn, task, Reason.ExecutorTerminated, message)
                : Statuses.OfAgent(turn, task, TaskState.TaskFailed, Reason.ContainerLaunchFailed, $"Failed to launch container: {message}");
            Report.Send(turn, task, status);
        }

        ExecutorLife.ContainerGone(turn, task.Executor);
    }

    public static void Exited(Turn turn, TaskRecord task, int? waitStatus, DateTimeOffset? endedAt)
    {
        if (!task.HasEnded)
        {
            var status = End(turn, task, waitStatus);
            status.Timestamp = TimeOf(turn, task, endedAt);
            Report.Send(turn, task, status);
        }

        ExecutorLife.ContainerGone(turn, task.Executor);
    }

    // The agent learns of a start and of an end a little later, and of an end much later if it was away. Clocks are set, but nothing happens before what is known of a task, or later than now.
    private static double TimeOf(Turn turn, TaskRecord task, DateTimeOffset? seen)
    {
        var before = task.Statuses.Count > 0 ? task.Statuses[^1].Timestamp : 0;
        return Math.Min(Math.Max(Clock.Seconds(seen ?? turn.Now), before), Clock.Seconds(turn.Now));
    }

    /// <summary>The last status of a task whose process is gone.</summary>
    private static TaskStatus End(Turn turn, TaskRecord task, int? waitStatus)
    {
        var cause = task.Kill?.Cause;
        if (waitStatus is null && cause is null)
        {
            return Statuses.OfAgent(turn, task, TaskState.TaskFailed, Reason.ExecutorTerminated, "Executor terminated");
        }

        var state = cause switch
        {
            KillEntry.Types.Cause.MaxCompletionTime => TaskState.TaskFailed,
            not null => TaskState.TaskKilled,
            null => WaitStatus.IsSuccess(waitStatus!.Value) ? TaskState.TaskFinished : TaskState.TaskFailed,
        };
        var status = Statuses.OfTask(turn, task, state);
        status.Message = waitStatus is { } known ? $"Command {WaitStatus.Describe(known)}" : "Command ended, its exit status is not known";
        if (cause == KillEntry.Types.Cause.MaxCompletionTime)
        {
            status.Reason = Reason.MaxCompletionTimeReached;
        }
        else if (cause == KillEntry.Types.Cause.Unhealthy)
        {
            status.Healthy = false;
        }

        return status;
    }
}
