using Tepui.Protocol.V1;
using Tepui.Services.Core.Health;

namespace Tepui.Services.Core.Instances;

/// <summary>Instances that are over.</summary>
internal static class InstanceEnd
{
    /// <summary>All tasks of an instance have ended.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="instance">As it is now, in its last condition.</param>
    /// <param name="task">The task whose end was the last.</param>
    /// <param name="status">What told so.</param>
    public static void Ended(Turn turn, Instance instance, InstanceTask task, TaskStatus status)
    {
        if (instance.Goal == Goal.Running)
        {
            // A launch that never got through, and an agent that takes no more tasks, are nobody's failure.
            var wasLaunched = task.StartedAt is not null || !status.HasReason || status.Reason != TaskStatus.Types.Reason.Reconciliation;
            var isDrained = status.HasReason && status.Reason == TaskStatus.Types.Reason.AgentDraining;
            if (wasLaunched && !isDrained && instance.Condition is Condition.Error or Condition.Failed or Condition.Gone or Condition.Dropped or Condition.Finished)
            {
                turn.State.Queue.Failed(turn, instance);
                turn.State.Failures.Failed(turn, instance, task, status);
            }
        }

        Close(turn, instance, isKept: status.State != TaskState.TaskGoneByOperator);
    }

    /// <summary>An instance is given up without word from its tasks: whatever may still run of it is unknown from now on, and ended when it shows.</summary>
    public static void GiveUp(Turn turn, Instance instance, Condition condition) =>
        Close(turn, instance with { Condition = condition, Since = turn.Now }, isKept: true);

    private static void Close(Turn turn, Instance instance, bool isKept)
    {
        var state = turn.State;
        state.Instances.Replace(turn, instance);
        HealthChecks.Forget(turn, instance);
        state.Terminated.Add(instance);
        if (!isKept || instance.Goal == Goal.Decommissioned || state.SpecOf(instance) is not { IsResident: true })
        {
            state.Instances.Remove(turn, instance.Id);
        }
        else if (instance.Goal == Goal.Running)
        {
            state.Instances.Replace(turn, Waiting(turn, instance));
        }

        state.Kills.Ended(turn, instance.Id);
    }

    // Its reservation and volumes are there; it waits for their offer.
    private static Instance Waiting(Turn turn, Instance instance) =>
        instance with { Condition = Condition.Scheduled, Since = turn.Now, ActiveSince = null, Host = instance.IsReserved ? instance.Host : null, Tasks = [], Healthy = null, Ready = false };
}
