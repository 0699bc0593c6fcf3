using Tepui.Jobs.Core.Graph;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What follows from the end of a run, all in the step that ends it: counters, children, notices, history.</summary>
internal static class Outcomes
{
    /// <summary>For a run of a job that is there. A killed run counts neither as success nor as failure.</summary>
    public static void Follow(Turn turn, Job job, Run run)
    {
        switch (run.State)
        {
            case RunState.Succeeded:
                Succeeded(turn, job, run);
                break;
            case RunState.Failed or RunState.Lost:
                Failed(turn, job, run);
                break;
            case RunState.Skipped when run.Cause.Kind is RunCauseKind.Schedule or RunCauseKind.Parents:
                turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with { SkippedCount = progress.SkippedCount + run.Cause.Covers, LastSkipped = run.Cause.Due });
                break;
        }

        Trim(turn, job, run.Id);
    }

    /// <summary>A schedule that has run out ends with the success of its last run: the job is disabled, not removed. Called after any success.</summary>
    public static void Exhaust(Turn turn, Job job)
    {
        if (job.Progress is { Remaining: 0, NextDue: null } && !job.Spec.Disabled && job.Spec.Schedule is not null
            && !turn.State.Runs.OpenOf(job.Name).Any(run => !run.IsOrphaned && run.Cause.Kind == RunCauseKind.Schedule))
        {
            Disable(turn, job, $"job '{job.Name}' is disabled: its schedule has run out");
        }
    }

    private static void Succeeded(Turn turn, Job job, Run run)
    {
        var failures = job.Progress.ErrorsSinceLastSuccess;
        job = turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with { SuccessCount = progress.SuccessCount + 1, ErrorsSinceLastSuccess = 0, LastSuccess = turn.Now });
        Triggers.Ended(turn, run.Id, succeeded: true);
        if (failures > 0)
        {
            NoticeTable.Tell(turn, NoticeKind.Recovery, job, run, $"run {run.Id.Number} of job '{job.Name}' succeeded after {failures} that failed");
        }

        Exhaust(turn, job);
    }

    private static void Failed(Turn turn, Job job, Run run)
    {
        job = turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with
        {
            ErrorCount = progress.ErrorCount + 1,
            ErrorsSinceLastSuccess = progress.ErrorsSinceLastSuccess + 1,
            LastError = turn.Now,
        });
        Triggers.Ended(turn, run.Id, succeeded: false);
        NoticeTable.Tell(turn, NoticeKind.Failure, job, run, $"run {run.Id.Number} of job '{job.Name}' {(run.State == RunState.Lost ? "is lost" : "failed")}: {run.Message}");
        var most = turn.State.Options.DisableAfterFailures;
        if (most > 0 && job.Progress.ErrorsSinceLastSuccess >= most && !job.Spec.Disabled)
        {
            Disable(turn, job, $"job '{job.Name}' is disabled: {job.Progress.ErrorsSinceLastSuccess} of its runs failed in a row");
        }
    }

    private static void Disable(Turn turn, Job job, string message)
    {
        var disabled = job with { Spec = job.Spec with { Disabled = true } };
        turn.State.Jobs.Put(turn, disabled);
        turn.State.Admission.Touch(job.Name);
        NoticeTable.Tell(turn, NoticeKind.Disabled, disabled, run: null, message);
    }

    // Those that ended first go first, and the one that has just ended is the newest of all, whatever the clock says. A job never has many more than are kept.
    private static void Trim(Turn turn, Job job, RunId newest)
    {
        var ended = turn.State.Runs.EndedOf(job.Name).Where(run => !run.IsOrphaned).ToList();
        var over = ended.Count - turn.State.Options.RunsKeptOf(turn.State.Jobs.Count);
        if (over <= 0)
        {
            return;
        }

        foreach (var run in ended.OrderBy(run => run.Id == newest).ThenBy(run => run.EndedAt).ThenBy(run => run.Id.Number).Take(over))
        {
            turn.State.Runs.Remove(turn, run.Id);
        }
    }
}
