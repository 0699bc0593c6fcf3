using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>Instances whose agent cannot be reached: after a time they are replaced (inactive), later forgotten; one that returns before that is taken back.</summary>
/// <remarks>While unreachable, <see cref="Instance.Since"/> is the time the agent was lost, in both conditions.</remarks>
internal static class Unreachability
{
    /// <summary>The instance with the condition that it has by now.</summary>
    public static Instance Begun(Turn turn, Instance instance, TaskStatus status)
    {
        var wasUnreachable = instance.Condition is Condition.Unreachable or Condition.UnreachableInactive;
        var since = wasUnreachable ? instance.Since : LostAt(turn, status);
        return instance with { Since = since, Condition = IsInactive(turn, instance, since) ? Condition.UnreachableInactive : Condition.Unreachable };
    }

    /// <summary>Lets it become inactive in time. For one that is, nothing is left to wait for but the sweep.</summary>
    public static void Watch(Turn turn, Instance instance)
    {
        if (instance.Condition == Condition.Unreachable && turn.State.SpecOf(instance)?.Unreachable is { } strategy)
        {
            turn.State.Deadlines.Set(instance.Since.After(strategy.InactiveAfter), later => Inactivate(later, instance.Id));
        }
    }

    /// <summary>Forgets those that were away for too long.</summary>
    public static void Expunge(Turn turn)
    {
        foreach (var instance in turn.State.Instances.All.Where(instance => IsOverdue(turn, instance)).OrderBy(instance => instance.Id).ToList())
        {
            InstanceEnd.GiveUp(turn, instance, Condition.Gone);
        }
    }

    private static void Inactivate(Turn turn, InstanceId id)
    {
        if (turn.State.Instances.Find(id) is { Condition: Condition.Unreachable } instance && IsInactive(turn, instance, instance.Since))
        {
            turn.State.Instances.Replace(turn, instance with { Condition = Condition.UnreachableInactive });
        }
    }

    private static bool IsInactive(Turn turn, Instance instance, DateTimeOffset since) =>
        turn.State.SpecOf(instance)?.Unreachable is { } strategy && turn.Now >= since.After(strategy.InactiveAfter);

    private static bool IsOverdue(Turn turn, Instance instance) =>
        instance.Condition is Condition.Unreachable or Condition.UnreachableInactive
        && turn.State.SpecOf(instance) is var spec
        && (spec is null || (spec.Unreachable is { } strategy && turn.Now >= instance.Since.After(strategy.ExpungeAfter)));

    private static DateTimeOffset LostAt(Turn turn, TaskStatus status)
    {
        if (status.UnreachableTime is { Nanoseconds: > 0 } lost)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(lost.Nanoseconds / 1_000_000);
            return at < turn.Now ? at : turn.Now;
        }

        return turn.Now;
    }
}
