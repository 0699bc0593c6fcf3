using Tepui.Model.Schedules;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Autoscaling;

/// <summary>Instance counts at times. A time that passed while the scheduler was away is made up for, unless the count was changed since.</summary>
internal static class ScheduledScaling
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Older times are not looked for.
    private static readonly TimeSpan LongestAway = TimeSpan.FromDays(31);

    /// <summary>Sets the alarm for the next time.</summary>
    public static void Plan(Turn turn, ScalingState state)
    {
        state.Occurrence?.Cancel();
        state.Occurrence = null;
        if (state.Schedule.Count == 0)
        {
            return;
        }

        if (turn.Now - state.ScheduledUntil > LongestAway)
        {
            state.ScheduledUntil = turn.Now - LongestAway;
        }

        if (Problem(state) is { } problem && turn.State.Catalog.Tree.App(state.App) is { } app)
        {
            state.Last = new(turn.Now, app.Instances, app.Instances, Value: null, problem);
        }

        var next = Parsed(state).Select(item => item.Cron.FirstAfter(state.ScheduledUntil)).Min();
        if (next is { } due)
        {
            state.Occurrence = turn.State.Deadlines.Set(due, later => Ring(later, state));
        }
    }

    private static void Ring(Turn turn, ScalingState state)
    {
        state.Occurrence = null;
        if (turn.State.Catalog.Tree.App(state.App) is not { } app)
        {
            return;
        }

        var latest = Parsed(state)
            .Select(item => (At: item.Cron.LastAtOrBefore(turn.Now), item.Entry))
            .Where(item => item.At > state.ScheduledUntil)
            .MaxBy(item => item.At);
        if (latest.Entry is { } entry && !Apply(turn, state, app, entry))
        {
            state.Occurrence = turn.State.Deadlines.Set(turn.Now + RetryAfter, later => Ring(later, state));
            return;
        }

        state.ScheduledUntil = turn.Now;
        Plan(turn, state);
    }

    private static bool Apply(Turn turn, ScalingState state, AppSpec app, ScheduledScale entry)
    {
        var instances = state.Policy is { } policy ? Math.Clamp(entry.Instances, policy.MinInstances, policy.MaxInstances) : entry.Instances;
        var bounded = instances == entry.Instances ? "" : $" ({entry.Instances}, within the bounds)";
        return Autoscaler.Change(turn, state, app, instances, value: null, $"schedule '{entry.Cron}' in {entry.TimeZone}{bounded}");
    }

    private static IEnumerable<(Schedule Cron, ScheduledScale Entry)> Parsed(ScalingState state)
    {
        foreach (var entry in state.Schedule)
        {
            if (Schedule.ParseCron(entry.Cron, entry.TimeZone, out _) is { } cron)
            {
                yield return (cron, entry);
            }
        }
    }

    private static string? Problem(ScalingState state)
    {
        foreach (var entry in state.Schedule)
        {
            if (Schedule.ParseCron(entry.Cron, entry.TimeZone, out var problem) is null)
            {
                return problem!.IsZone ? $"schedule '{entry.Cron}': {problem.Message}" : $"schedule {problem.Message}";
            }
        }

        return null;
    }
}
