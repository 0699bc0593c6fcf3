using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Launching;

namespace Tepui.Services.Core.Instances;

/// <summary>What became of tasks.</summary>
internal static class StatusUpdates
{
    /// <summary>A task changed; acknowledged in any case, after what it changed. The same news again, or old news late, changes nothing.</summary>
    public static void Handle(Turn turn, TaskStatus status)
    {
        var id = TaskId.From(status.TaskId);
        if (turn.State.Instances.Find(id) is { } instance)
        {
            Apply(turn, instance, id, status);
        }
        else
        {
            UnknownTasks.Handle(turn, id, status);
        }

        if (status.HasUuid)
        {
            turn.Emit(new ServicesEffect.Acknowledge(status));
        }
    }

    /// <summary>An operation ended. What it did shows in the next offer; what failed is tried again from there.</summary>
    public static void Handle(Turn turn, OperationStatus status) => ReservationUpdates.Handle(turn, status);

    /// <summary>An accept did not get through: the master is asked what it knows, and its answer decides. Without a session the next one asks.</summary>
    public static void AcceptFailed(Turn turn, ServicesInput.AcceptFailed failed)
    {
        var tasks = failed.Tasks
            .Select(task => (Task: task, Instance: turn.State.Instances.Find(task)))
            .Where(item => item.Instance is { Condition: Condition.Provisioned })
            .Select(item => (item.Task, (AgentId?)item.Instance!.Host?.Agent))
            .ToList();
        if (tasks.Count > 0 && turn.State.Master is not null)
        {
            turn.Emit(new ServicesEffect.Reconcile(tasks));
        }
    }

    private static void Apply(Turn turn, Instance instance, TaskId id, TaskStatus status)
    {
        var before = instance.Tasks.First(task => task.Id == id);
        var after = TaskNews.After(before, status, turn.Now);
        IReadOnlyList<InstanceTask> tasks = after == before ? instance.Tasks : [.. instance.Tasks.Select(task => task.Id == id ? after : task)];
        var changed = Changed(turn, instance, tasks, status);
        if (after.State != before.State || instance.Condition == Condition.Provisioned)
        {
            turn.Publish(new ServiceEvent.StatusUpdated(changed, after, status));
        }

        if (changed.Condition.IsTerminal())
        {
            InstanceEnd.Ended(turn, changed, after, status);
            return;
        }

        if (changed.Goal != Goal.Running && changed.Condition is Condition.Unreachable or Condition.UnreachableInactive)
        {
            // Nobody can confirm its end. What may still live of it is ended when its agent returns.
            InstanceEnd.GiveUp(turn, changed, Condition.Killed);
            return;
        }

        if (changed != instance)
        {
            turn.State.Instances.Replace(turn, changed);
        }

        Follow(turn, instance.Condition, changed);
        HealthChecks.Reported(turn, changed.Id, after, status);
    }

    private static Instance Changed(Turn turn, Instance instance, IReadOnlyList<InstanceTask> tasks, TaskStatus status)
    {
        var condition = TaskConditions.Of(tasks);
        if ((instance.Goal != Goal.Running || turn.State.Kills.IsUnderWay(instance.Id)) && condition is Condition.Staging or Condition.Starting or Condition.Running)
        {
            condition = Condition.Killing;
        }

        if (condition == Condition.Unreachable)
        {
            return Unreachability.Begun(turn, instance with { Tasks = tasks }, status);
        }

        return instance with
        {
            Tasks = tasks,
            Condition = condition,
            Since = condition == instance.Condition ? instance.Since : turn.Now,
            ActiveSince = instance.ActiveSince ?? (condition == Condition.Running ? tasks.Max(task => task.StartedAt) ?? turn.Now : null),
        };
    }

    private static void Follow(Turn turn, Condition before, Instance instance)
    {
        if (instance.Condition is Condition.Unreachable or Condition.UnreachableInactive)
        {
            turn.State.Kills.Ended(turn, instance.Id);
            Unreachability.Watch(turn, instance);
        }
        else if (instance.Goal != Goal.Running)
        {
            turn.State.Kills.Continue(turn, instance);
        }
        else if (instance.Condition != before && instance.Condition is Condition.Staging or Condition.Starting or Condition.Running)
        {
            turn.State.Queue.Progressed(turn, instance);
        }

        HealthChecks.Follow(turn, instance);
        ReadinessChecks.Follow(turn, instance.Id);
        turn.State.Failures.Follow(turn, before, instance);
    }
}
