using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Tasks;

/// <summary>What follows from a task's state.</summary>
internal static class TaskStates
{
    /// <summary>Whether a task in this state is over for good.</summary>
    public static bool IsTerminal(this TaskState state) => state is TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled
        or TaskState.TaskError or TaskState.TaskLost or TaskState.TaskDropped or TaskState.TaskGone or TaskState.TaskGoneByOperator;
}
