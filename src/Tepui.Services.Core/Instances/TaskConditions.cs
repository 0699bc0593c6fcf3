using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Instances;

/// <summary>What task states mean for instances.</summary>
internal static class TaskConditions
{
    // Of several tasks that have all ended, the first of these that one of them has is the instance's.
    private static readonly Condition[] Ends = [Condition.Error, Condition.Failed, Condition.Gone, Condition.Dropped, Condition.Unknown, Condition.Killed, Condition.Finished];

    // Of several tasks of which some have not ended, likewise.
    private static readonly Condition[] Lives = [Condition.Unreachable, Condition.Killing, Condition.Staging, Condition.Starting, Condition.Running];

    /// <summary>The state as newer masters and agents name it: TASK_LOST says too little, its reason says what is meant.</summary>
    public static TaskState Settle(TaskStatus status) => status.State != TaskState.TaskLost ? status.State : status.Reason switch
    {
        Reason.Reconciliation or Reason.AgentDisconnected or Reason.AgentRemoved when status.HasReason => TaskState.TaskUnreachable,
        Reason.TaskUnknown => TaskState.TaskUnknown,
        _ => TaskState.TaskGone,
    };

    /// <summary>What a task does.</summary>
    public static Condition Of(TaskState state) => state switch
    {
        TaskState.TaskStaging => Condition.Staging,
        TaskState.TaskStarting => Condition.Starting,
        TaskState.TaskRunning => Condition.Running,
        TaskState.TaskKilling => Condition.Killing,
        TaskState.TaskFinished => Condition.Finished,
        TaskState.TaskFailed => Condition.Failed,
        TaskState.TaskKilled => Condition.Killed,
        TaskState.TaskError => Condition.Error,
        TaskState.TaskDropped => Condition.Dropped,
        TaskState.TaskUnreachable => Condition.Unreachable,
        TaskState.TaskUnknown => Condition.Unknown,
        _ => Condition.Gone,
    };

    /// <summary>Whether a task in this state has ended.</summary>
    public static bool HasEnded(TaskState state) => Of(state).IsTerminal();

    /// <summary>What an instance does whose tasks are in these states: it is over once all of them are, and ends as a whole once one of them has failed.</summary>
    public static Condition Of(IReadOnlyList<InstanceTask> tasks)
    {
        var conditions = tasks.Select(task => Of(task.State)).ToList();
        if (conditions.TrueForAll(condition => condition.IsTerminal()))
        {
            return Array.Find(Ends, conditions.Contains);
        }

        var life = Array.Find(Lives, conditions.Contains);
        var isFailing = conditions.Exists(condition => condition.IsTerminal() && condition != Condition.Finished);
        return isFailing && life != Condition.Unreachable ? Condition.Killing : life;
    }

    /// <summary>Whether news of <paramref name="next"/> is older than what is known: states only go forward, except back from unreachable.</summary>
    public static bool IsLate(TaskState known, TaskState next) =>
        HasEnded(known) || (known != TaskState.TaskUnreachable && next is TaskState.TaskStaging or TaskState.TaskStarting or TaskState.TaskRunning && Rank(next) < Rank(known));

    private static int Rank(TaskState state) => state switch
    {
        TaskState.TaskStaging => 0,
        TaskState.TaskStarting => 1,
        TaskState.TaskRunning => 2,
        _ => 3,
    };
}
