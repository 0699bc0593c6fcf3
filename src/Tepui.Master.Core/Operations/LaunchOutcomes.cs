using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Tasks;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Operations;

/// <summary>What a framework hears of tasks that were not launched.</summary>
internal static class LaunchOutcomes
{
    /// <summary>The task itself is wrong: trying again would not help.</summary>
    public static void Error(Turn turn, Framework framework, TaskInfo task, Reason reason, string problem) =>
        Tell(turn, framework, task, TaskState.TaskError, reason, problem);

    /// <summary>The offers were gone: trying again on others may help.</summary>
    public static void InvalidOffers(Turn turn, Framework framework, TaskInfo task, string problem) => Tell(
        turn,
        framework,
        task,
        framework.Can.PartitionAware ? TaskState.TaskDropped : TaskState.TaskLost,
        Reason.InvalidOffers,
        $"Task launched with invalid offers: {problem}");

    private static void Tell(Turn turn, Framework framework, TaskInfo task, TaskState state, Reason reason, string message)
    {
        var status = Statuses.Make(turn, task.TaskId, state, reason, message, task.AgentId);
        turn.State.Counters.TaskEnded(state, status);
        framework.Metrics.TaskEnded(state);
        turn.State.Changed();
        turn.Send(framework, Statuses.Event(status));
    }
}
