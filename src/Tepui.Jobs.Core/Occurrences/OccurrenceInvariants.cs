using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Occurrences;

/// <summary>What must always hold of schedules and the runs that stand for their times, after each step.</summary>
internal static class OccurrenceInvariants
{
    /// <summary>Each time of a schedule has one owner: the cursor, or one run.</summary>
    public static void Check(JobsState state)
    {
        foreach (var job in state.Jobs.All)
        {
            CheckCursor(state, job);
            CheckRuns(state, job);
        }
    }

    private static void CheckCursor(JobsState state, Job job)
    {
        var progress = job.Progress;
        Invariant.Holds(!(progress.NextDue <= progress.LastDue), $"job {job.Name} is due again at {progress.NextDue:O}, which was taken care of");
        Invariant.Holds(progress.Remaining is not < 0, $"job {job.Name} has {progress.Remaining} runs left");
        Invariant.Holds(progress.Remaining != 0 || progress.NextDue is null, $"job {job.Name} has no runs left and is due at {progress.NextDue:O}");
        var followed = job.Spec.Disabled || state.Due.IsHeld(job.Name) ? null : progress.NextDue;
        Invariant.Holds(state.Due.Of(job.Name) == followed, $"job {job.Name} is due at {progress.NextDue:O} and followed for {state.Due.Of(job.Name):O}");
    }

    private static void CheckRuns(JobsState state, Job job)
    {
        Run? before = null;
        foreach (var run in state.Runs.Of(job.Name).Where(run => run is { Cause.Kind: RunCauseKind.Schedule, IsOrphaned: false }))
        {
            Invariant.Holds(run.Cause.FirstDue <= run.Cause.Due && run.Cause.Covers >= 1, $"run {run.Id} stands for {run.Cause.FirstDue:O} to {run.Cause.Due:O}");
            Invariant.Holds(before is null || before.Cause.Due < run.Cause.FirstDue, $"runs {before?.Id} and {run.Id} stand for the same time");
            Invariant.Holds(run.Cause.Due <= job.Progress.LastDue, $"run {run.Id} stands for {run.Cause.Due:O}, which is still to come");
            before = run;
        }
    }
}
