using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Commands;

/// <summary>What tasks, or others for them, say of themselves.</summary>
internal static class TaskCommands
{
    /// <summary>More elements are processed. Runs that are over may still say so while they are kept.</summary>
    public static CommandOutcome Progress(Turn turn, JobsCommand.Progress progress)
    {
        if (!turn.State.Jobs.TryFind(progress.Job, out var job))
        {
            return Refusals.NoJob(progress.Job);
        }

        if (!job.Spec.DataProcessing)
        {
            return new CommandOutcome.Refused(RefusalKind.BadRequest, $"Job '{job.Name}' does not count elements: its dataProcessingJobType is false");
        }

        if (!turn.State.Runs.TryFind(progress.Task, out var run) || run.Id.Job != job.Name)
        {
            return Refusals.NoTask(progress.Task);
        }

        if (progress.Additional < 0 || progress.Additional > long.MaxValue - run.Elements)
        {
            return Refusals.Invalid("numAdditionalElementsProcessed", $"is {progress.Additional}; from 0 to {long.MaxValue - run.Elements} is allowed, since {run.Elements} were processed before");
        }

        if (progress.Additional > 0)
        {
            turn.State.Runs.Replace(turn, run with { Elements = run.Elements + progress.Additional });
        }

        return new CommandOutcome.Done();
    }

    /// <summary>Somebody says how the run of a task ended. Saying the same again is no error.</summary>
    public static CommandOutcome Complete(Turn turn, JobsCommand.Complete complete)
    {
        if (!turn.State.Runs.TryFind(complete.Task, out var run) || turn.State.JobOf(run) is not { } job)
        {
            return Refusals.NoTask(complete.Task);
        }

        var succeeded = complete.Status == 0;
        var isSame = run.State.IsFinal() && (run.State == RunState.Succeeded) == succeeded;
        if (!job.Spec.Async)
        {
            return new CommandOutcome.Refused(RefusalKind.BadRequest, $"Job '{job.Name}' is not async: its runs end with their tasks");
        }

        if (run.Last?.Task != complete.Task || (!run.State.IsActive() && !isSame))
        {
            return new CommandOutcome.Refused(RefusalKind.Conflict, $"Task '{complete.Task}' is over: run {run.Id.Number} of job '{job.Name}' is {run.State}, in attempt {run.Attempt}");
        }

        RunEnds.Completed(turn, run, succeeded, succeeded ? "said to have succeeded" : $"said to have failed with status {complete.Status}");
        return new CommandOutcome.Done();
    }
}
