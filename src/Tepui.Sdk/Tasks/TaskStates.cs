using Tepui.Protocol.V1;

namespace Tepui.Sdk.Tasks;

/// <summary>What the states of tasks mean to a framework.</summary>
public static class TaskStates
{
    /// <summary>The task is over: it never changes any more, and its resources are free.</summary>
    public static bool IsTerminal(this TaskState state) => state is
        TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskError or TaskState.TaskLost
        or TaskState.TaskDropped or TaskState.TaskGone or TaskState.TaskGoneByOperator;

    /// <summary>The task is over, and not because it did its work or was asked to end.</summary>
    public static bool IsFailure(this TaskState state) => state.IsTerminal() && state is not (TaskState.TaskFinished or TaskState.TaskKilled);
}
