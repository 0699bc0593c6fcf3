using Tepui.Agent.Core.Checks;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Groups;
using Tepui.Agent.Core.Recovery;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Tasks;

/// <summary>What follows from a task's end, and from the acknowledgement of it.</summary>
internal static class TaskLife
{
    /// <summary>The task reached a terminal state; its last update is under way.</summary>
    public static void Ended(Turn turn, TaskRecord task)
    {
        task.Phase = TaskPhase.Ended;
        task.Completion?.Cancel();
        TaskChecks.Stop(task);
        turn.State.Counters.AddEnd(task.State);
        var framework = task.Executor.Framework;
        if (task.Kill is not null && framework.Checkpoints && task.Executor.Kind != ExecutorKind.Custom)
        {
            turn.Forget(Keys.Kill(framework.Id, task.Id));
        }

        if (framework.IsEnding)
        {
            Completed(turn, task);
        }

        if (task.Group is { } group && task.Executor.Kind == ExecutorKind.Default && task.State != TaskState.TaskFinished)
        {
            GroupKill.KillOthers(turn, group);
        }
    }

    /// <summary>The framework has the last update of the task: nothing more is owed.</summary>
    public static void Completed(Turn turn, TaskRecord task)
    {
        var executor = task.Executor;
        if (!executor.Tasks.ContainsKey(task.Id))
        {
            return;
        }

        // Made from the task while it is there.
        _ = executor.Info;
        executor.Tasks.Remove(task.Id);
        executor.Framework.Tasks.Remove(task.Id);
        executor.CompletedTasks.Enqueue(TaskWire.Completed(task));
        if (executor.CompletedTasks.Count > turn.Options.MaxCompletedTasksPerExecutor)
        {
            executor.CompletedTasks.Dequeue();
        }

        executor.Changed();
        if (executor.Framework.Checkpoints)
        {
            ForgetEntry(turn, task);
        }

        ExecutorLife.CompleteIfDone(turn, executor);
    }

    private static void ForgetEntry(Turn turn, TaskRecord task)
    {
        if (task.Executor.Kind != ExecutorKind.Command)
        {
            turn.Forget(Keys.Task(task.Executor.Framework.Id, task.Id));
        }
        else if (task.Executor.State != ExecutorState.Terminated)
        {
            // Killed while it was starting: after a restart its container is nobody's.
            turn.Persist(Keys.Run(task.Executor.Container), Entries.Ended(task.Executor, turn.Now));
        }
    }
}
