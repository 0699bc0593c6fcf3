using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tasks;

/// <summary>What the states of a task mean.</summary>
internal static class TaskStates
{
    /// <summary>Whether a task in that state has ended for good.</summary>
    public static bool IsTerminal(TaskState state) => state switch
    {
        TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskError or TaskState.TaskLost
            or TaskState.TaskDropped or TaskState.TaskGone or TaskState.TaskGoneByOperator => true,
        _ => false,
    };

    /// <summary>Whether the resources of a task in that state are its own still.</summary>
    public static bool HoldsResources(TaskState state) => !IsTerminal(state) && state != TaskState.TaskUnreachable;
}
