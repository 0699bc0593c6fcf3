using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Makes the runs of a backfill as room for them comes free: one at a time where runs of the job do not overlap, else as many as may wait.</summary>
internal static class BackfillRuns
{
    /// <summary>Makes what may wait now.</summary>
    public static void Mint(Turn turn, Job job)
    {
        if (job.Progress.Backfill is null || job.Spec.Schedule is not { } schedule)
        {
            return;
        }

        var most = job.Spec.ConcurrencyOrDefault() == Concurrency.Allow ? turn.State.Options.WaitingRunsMax : 1;
        var free = most - turn.State.Runs.OpenOf(job.Name).Count(run => run.Cause.Kind == RunCauseKind.Backfill && run.State == RunState.Waiting);
        for (; free > 0 && job.Progress.Backfill is { } backfill; free--)
        {
            var next = schedule.Times.FirstAfter(backfill.Next) is { } time && time <= backfill.To ? backfill with { Next = time } : null;
            job = RunStarts.Make(turn, job, new() { Kind = RunCauseKind.Backfill, FirstDue = backfill.Next, Due = backfill.Next }, progress => progress with { Backfill = next }).Job;
        }
    }
}
