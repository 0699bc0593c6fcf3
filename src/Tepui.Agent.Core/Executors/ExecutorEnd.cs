using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Executors;

/// <summary>What the unfinished tasks of an ended executor are reported as.</summary>
/// <param name="State">The state; TASK_GONE becomes TASK_LOST for frameworks that do not know it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">Why, in words.</param>
internal sealed record ExecutorEnd(TaskState State, TaskStatus.Types.Reason Reason, string Message)
{
    /// <summary>It ended by itself.</summary>
    public static ExecutorEnd Terminated { get; } = new(TaskState.TaskFailed, TaskStatus.Types.Reason.ExecutorTerminated, "Executor terminated");
}
