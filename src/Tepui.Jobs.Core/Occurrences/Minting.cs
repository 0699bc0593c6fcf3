using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Occurrences;

/// <summary>Makes runs of due times, in the same step that moves the cursor behind them. Never goes through missed times one by one.</summary>
internal static class Minting
{
    /// <summary>Takes care of a job that is due.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">Which; <see cref="JobProgress.NextDue"/> has come.</param>
    /// <param name="most">Most runs to make; at least 1.</param>
    /// <returns>How many were made.</returns>
    public static int Mint(Turn turn, Job job, int most)
    {
        if (job.Spec.Schedule is not { } schedule)
        {
            turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with { NextDue = null });
            return 0;
        }

        switch (job.Spec.CatchUpOrDefault())
        {
            case CatchUp.Last:
                return Collapse(turn, job, schedule);
            case CatchUp.None:
                return Each(turn, Skip(turn, job, schedule), schedule, most);
            default:
                return Each(turn, job, schedule, most);
        }
    }

    /// <summary>How many more runs of its schedule may wait.</summary>
    public static int Free(JobsState state, Job job) => job.Spec.CatchUpOrDefault() == CatchUp.Last
        ? int.MaxValue
        : state.Options.WaitingRunsMax - state.Runs.OpenOf(job.Name).Count(run => run.IsFresh && run.Cause.Kind == RunCauseKind.Schedule);

    // All that is due becomes one run: the one that waits for its first launch, else a new one.
    private static int Collapse(Turn turn, Job job, JobSchedule schedule)
    {
        var first = job.Progress.NextDue!.Value;
        var newest = schedule.Times.LastAtOrBefore(turn.Now) is { } last && last > first ? last : first;
        var covers = Math.Max(1, schedule.Times.CountBetween(first, newest, long.MaxValue));
        if (Extensible(turn, job) is { } waiting)
        {
            var cause = waiting.Cause with { Due = newest, Covers = waiting.Cause.Covers + covers };
            turn.State.Runs.Replace(turn, waiting with { Cause = cause });
            turn.State.Jobs.SetProgress(turn, job.Name, progress => Cursor.Passed(progress, schedule, newest, counted: 0));
            return 1;
        }

        RunStarts.Scheduled(turn, job, new() { Kind = RunCauseKind.Schedule, FirstDue = first, Due = newest, Covers = covers }, progress => Cursor.Passed(progress, schedule, newest, counted: 1));
        return 1;
    }

    // Only the run that stands for the newest time can stand for the next ones as well.
    private static Run? Extensible(Turn turn, Job job) =>
        turn.State.Runs.OpenOf(job.Name).LastOrDefault(run => run is { IsFresh: true, IsOrphaned: false, Cause.Kind: RunCauseKind.Schedule } && run.Cause.Due == job.Progress.LastDue);

    private static int Each(Turn turn, Job job, JobSchedule schedule, int most)
    {
        var free = Free(turn.State, job);
        var made = 0;
        while (job.Progress.NextDue is { } due && due <= turn.Now && made < most)
        {
            if (made >= free)
            {
                turn.State.Due.Hold(job, isHeld: true);
                break;
            }

            job = RunStarts.Scheduled(turn, job, new() { Kind = RunCauseKind.Schedule, FirstDue = due, Due = due }, progress => Cursor.Passed(progress, schedule, due, counted: 1));
            made++;
        }

        return made;
    }

    // What cannot start within epsilon any more is passed over in one go.
    private static Job Skip(Turn turn, Job job, JobSchedule schedule)
    {
        var first = job.Progress.NextDue!.Value;
        var startable = turn.Now.Before(job.Spec.EpsilonOr(turn.State.Options.TaskEpsilon));
        if (first >= startable || schedule.Times.LastAtOrBefore(startable.AddTicks(-1)) is not { } last || last < first)
        {
            return job;
        }

        var skipped = Math.Max(1, schedule.Times.CountBetween(first, last, job.Progress.Remaining ?? long.MaxValue));
        return turn.State.Jobs.SetProgress(turn, job.Name, progress => Cursor.Passed(progress, schedule, last, skipped) with { SkippedCount = progress.SkippedCount + skipped, LastSkipped = last });
    }
}
