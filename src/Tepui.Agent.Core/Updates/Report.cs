using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Updates;

/// <summary>A new status of a task: applied here, put into its stream, and acted on when it is the last.</summary>
internal static class Report
{
    /// <summary>A status made by the agent.</summary>
    public static void Send(Turn turn, TaskRecord task, TaskStatus status)
    {
        var framework = task.Executor.Framework;
        task.Apply(status);
        turn.State.Counters.Add(Counters.ValidStatusUpdates);
        if (!framework.IsEnding)
        {
            UpdateStreams.Append(turn, UpdateStreams.Of(turn, framework, task.Id, task), status);
        }

        if (status.State.IsTerminal())
        {
            TaskLife.Ended(turn, task);
        }
    }

    /// <summary>A status of a task that has no record here.</summary>
    public static void SendWithoutTask(Turn turn, FrameworkRecord framework, TaskStatus status)
    {
        turn.State.Counters.Add(Counters.ValidStatusUpdates);
        var id = TaskId.From(status.TaskId);
        var stream = UpdateStreams.Of(turn, framework, id, task: null);
        if (stream.Latest.IsTerminal())
        {
            return;
        }

        if (status.State.IsTerminal())
        {
            turn.State.Counters.AddEnd(status.State);
        }

        UpdateStreams.Append(turn, stream, status);
    }

    /// <summary>A status from a framework's executor. Repeated ones, and any after the last, are dropped.</summary>
    public static void FromExecutor(Turn turn, ExecutorRecord executor, TaskStatus status)
    {
        if (executor.Framework.IsEnding && !status.State.IsTerminal())
        {
            return;
        }

        if (!executor.Tasks.TryGetValue(TaskId.From(status.TaskId), out var task))
        {
            if (!executor.Framework.IsEnding && !executor.Framework.Tasks.ContainsKey(TaskId.From(status.TaskId)))
            {
                SendWithoutTask(turn, executor.Framework, status);
            }

            return;
        }

        var isNew = executor.Framework.IsEnding || UpdateStreams.Of(turn, executor.Framework, task.Id, task).See(status.Uuid);
        if (!isNew)
        {
            return;
        }

        if (task.HasEnded)
        {
            turn.State.Counters.Add(Counters.InvalidStatusUpdates);
            return;
        }

        Send(turn, task, status);
    }
}
