using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Health;

/// <summary>Health checks that the scheduler and the agents run, and what follows from their results. What is not known is not unhealthy.</summary>
internal static class HealthChecks
{
    /// <summary>A check made by the scheduler has a result.</summary>
    public static void Checked(Turn turn, ServicesInput.HealthChecked result)
    {
        if (turn.State.Instances.Find(result.Instance) is { Condition: Condition.Running or Condition.Unreachable or Condition.UnreachableInactive } instance
            && turn.State.Health.Find(result.Instance) is { } health
            && CheckPlan.Of(turn.State.SpecOf(instance)).FirstOrDefault(check => check.Index == result.Check && !check.IsRunByAgent) is { } check)
        {
            Judge(turn, instance, health, check, result.Success, result.Cause);
        }
    }

    /// <summary>A status may tell what a check of the agent said.</summary>
    public static void Reported(Turn turn, InstanceId id, InstanceTask task, TaskStatus status)
    {
        if (!status.HasHealthy
            || turn.State.Instances.Find(id) is not { Condition: Condition.Running } instance
            || turn.State.Health.Find(id) is not { } health
            || CheckPlan.Of(turn.State.SpecOf(instance)).FirstOrDefault(check => check.IsRunByAgent && check.Container == task.Container) is not { } check
            || health.Check(check.Index) is not { } history
            || (status.HasUuid && status.Uuid == history.Update))
        {
            return;
        }

        history.Update = status.HasUuid ? status.Uuid : history.Update;

        // Other updates repeat the health as it is; only those of the check itself are results.
        if (history.Alive != status.Healthy || (status.HasReason && status.Reason == Reason.TaskHealthCheckStatusUpdated))
        {
            Judge(turn, instance, health, check, status.Healthy, status.HasMessage && status.Message.Length > 0 ? status.Message : null);
        }
    }

    /// <summary>An instance changed: its checks begin when it runs and end when it is to end.</summary>
    public static void Follow(Turn turn, Instance instance)
    {
        if (instance.Condition == Condition.Running && instance.Goal == Goal.Running)
        {
            Begin(turn, instance);
        }
        else if (instance.Condition is not (Condition.Unreachable or Condition.UnreachableInactive))
        {
            Stop(turn, instance.Id);
        }
    }

    /// <summary>Subscribed: begins the checks of instances that ran before.</summary>
    public static void Resume(Turn turn)
    {
        foreach (var instance in turn.State.Instances.All.OrderBy(instance => instance.Id).ToList())
        {
            if (instance.Condition is Condition.Running or Condition.Unreachable or Condition.UnreachableInactive)
            {
                Begin(turn, instance);
            }
        }
    }

    /// <summary>Ends the checks of an instance; what they said is kept.</summary>
    public static void Stop(Turn turn, InstanceId id)
    {
        if (turn.State.Health.Find(id) is { } health)
        {
            health.Rest();
            if (health.Probing is not null)
            {
                health.Probing = null;
                turn.Emit(new ServicesEffect.StopChecks(id));
            }
        }
    }

    /// <summary>An instance is over.</summary>
    public static void Forget(Turn turn, Instance instance)
    {
        var id = instance.Id;
        ReadinessChecks.Forget(turn, id);
        turn.State.Budget.Forget(turn, instance);
        if (turn.State.Health.Find(id) is { } health)
        {
            Stop(turn, id);
            if (turn.State.Health.Remove(health))
            {
                turn.Publish(new ServiceEvent.HealthCheckRemoved(health.Spec));
            }
        }
    }

    private static void Begin(Turn turn, Instance instance)
    {
        var spec = turn.State.SpecOf(instance);
        if (spec is null || !spec.HasChecks())
        {
            return;
        }

        var health = turn.State.Health.Find(instance.Id);
        if (health is null)
        {
            health = new InstanceHealth(instance, CheckPlan.Of(spec));
            Added(turn, health, spec as AppSpec);
            turn.State.Budget.Restored(turn, instance);
        }

        if (spec is AppSpec app && HealthProbes.Of(instance, app) is { } probes && !HealthProbes.AreAlike(probes, health.Probing))
        {
            health.Probing = probes;
            turn.Emit(probes);
        }
    }

    private static void Added(Turn turn, InstanceHealth health, AppSpec? app)
    {
        if (turn.State.Health.Add(health) && app is not null)
        {
            foreach (var check in app.HealthChecks)
            {
                turn.Publish(new ServiceEvent.HealthCheckAdded(app.Id, health.Version, check));
            }
        }
    }

    private static void Judge(Turn turn, Instance instance, InstanceHealth health, PlannedCheck check, bool passed, string? cause)
    {
        if (health.Check(check.Index) is not { } history)
        {
            return;
        }

        if (passed)
        {
            health.Passed(history, turn.Now);
            Settle(turn, instance, health);
            return;
        }

        if (!check.IsRunByAgent && history.Alive is null && turn.Now < StartOf(instance).After(check.Timing.GracePeriod))
        {
            return;
        }

        if (check.App is { } failed)
        {
            turn.Publish(new ServiceEvent.HealthCheckFailed(instance.Spec, instance.Id, failed));
        }

        // Whoever cannot be reached may well be healthy.
        var counts = instance.Condition == Condition.Running;
        health.Failed(history, turn.Now, cause, counts);
        Settle(turn, instance, health);
        if (counts && IsTooMuch(check, history))
        {
            Replace(turn, instance.Id, Describe(check, history));
        }
        else if (check.IsRunByAgent)
        {
            Patience(turn, instance.Id, check, history);
        }
    }

    // The failure number max + 1 is one too many; agents count to max.
    private static bool IsTooMuch(PlannedCheck check, CheckHistory history) =>
        check.Timing.MaxConsecutiveFailures is > 0 and var most && history.Failures > (check.IsRunByAgent ? most - 1 : most);

    // Some agents report only that health changed; the time since then counts the failures.
    private static void Patience(Turn turn, InstanceId id, PlannedCheck check, CheckHistory history)
    {
        if (check.Timing.MaxConsecutiveFailures > 0 && history.Patience is null)
        {
            var span = (check.Timing.Interval + check.Timing.Timeout).Times(check.Timing.MaxConsecutiveFailures);
            history.Patience = turn.State.Deadlines.Set(turn.Now + span, later => PatienceEnded(later, id, check, history, later.Now - span));
        }
    }

    private static void PatienceEnded(Turn turn, InstanceId id, PlannedCheck check, CheckHistory history, DateTimeOffset since)
    {
        history.Patience = null;
        if (history.Alive != false || turn.State.Instances.Find(id) is not { } instance)
        {
            return;
        }

        // Cut off meanwhile: news may be on its way.
        if (instance.Condition == Condition.Running && turn.State.Master is not null && turn.State.SubscribedAt <= since)
        {
            Replace(turn, id, $"{check.Name} has failed since {since:yyyy-MM-ddTHH:mm:ss.fffZ}");
        }

        // While it may not be replaced yet, it asks again.
        if (turn.State.Instances.Find(id) is { IsRunning: true })
        {
            Patience(turn, id, check, history);
        }
    }

    private static void Replace(Turn turn, InstanceId id, string reason)
    {
        if (turn.State.Instances.Find(id) is { IsRunning: true } instance)
        {
            turn.State.Budget.Ask(turn, instance, reason);
        }
    }

    private static void Settle(Turn turn, Instance instance, InstanceHealth health)
    {
        var present = turn.State.Instances.Find(instance.Id);
        if (present is null || present.Healthy == health.Healthy)
        {
            return;
        }

        turn.State.Instances.Replace(turn, present with { Healthy = health.Healthy });
        if (health.Healthy is { } alive)
        {
            turn.Publish(new ServiceEvent.HealthStatusChanged(instance.Spec, instance.Id, instance.SpecVersion, alive));
            turn.State.Budget.Changed(turn, present, alive);
        }
    }

    private static string Describe(PlannedCheck check, CheckHistory history) =>
        $"{check.Name} failed {history.Failures} times in a row{(history.Cause is { Length: > 0 } cause ? ": " + cause : "")}";

    private static DateTimeOffset StartOf(Instance instance) => instance.ActiveSince ?? instance.Since;
}
