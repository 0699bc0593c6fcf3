using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Occurrences;

/// <summary>Where a schedule stands. It only moves forward: no time up to <see cref="JobProgress.LastDue"/> comes again.</summary>
internal static class Cursor
{
    /// <summary>
    /// For a schedule that is new or was replaced. With catch-up <see cref="CatchUp.Last"/> a start in the past is due at once, as one run; otherwise times count that are at most epsilon ago.
    /// A cron expression, which has no start, begins now. What is still to be run again of the former schedule is dropped.
    /// </summary>
    public static JobProgress Begin(JobProgress progress, JobSpec spec, DateTimeOffset now, TimeSpan epsilon)
    {
        progress = progress with { Backfill = null, Remaining = spec.Schedule?.Times.Count, NextDue = null };
        if (spec.Schedule is not { } schedule || progress.Remaining == 0)
        {
            return progress;
        }

        var times = schedule.Times;
        var first = schedule.IsCron ? times.FirstAtOrAfter(now)
            : spec.CatchUpOrDefault() == CatchUp.Last ? times.LastAtOrBefore(now) ?? times.FirstAtOrAfter(now)
            : times.FirstAtOrAfter(now.Before(epsilon));
        return progress with { NextDue = first <= progress.LastDue ? times.FirstAfter(progress.LastDue.Value) : first };
    }

    /// <summary>For a job that is enabled again: the first time after now.</summary>
    public static JobProgress Resume(JobProgress progress, JobSpec spec, DateTimeOffset now) => progress with
    {
        NextDue = progress.Remaining == 0 ? null : spec.Schedule?.Times.FirstAfter(progress.LastDue > now ? progress.LastDue.Value : now),
    };

    /// <summary>Behind a time that is taken care of.</summary>
    /// <param name="progress">Where it stands.</param>
    /// <param name="schedule">Of the job.</param>
    /// <param name="due">The time.</param>
    /// <param name="counted">By how much the number of wanted runs goes down.</param>
    public static JobProgress Passed(JobProgress progress, JobSchedule schedule, DateTimeOffset due, long counted)
    {
        var remaining = progress.Remaining is { } count ? Math.Max(0, count - counted) : (long?)null;
        return progress with { LastDue = due, Remaining = remaining, NextDue = remaining == 0 ? null : schedule.Times.FirstAfter(due) };
    }
}
