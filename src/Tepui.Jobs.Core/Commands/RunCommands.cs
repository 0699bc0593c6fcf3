using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Makes runs by hand, and forgets runs.</summary>
internal static class RunCommands
{
    /// <summary>A run now. That of a disabled job is written down and skipped, not launched.</summary>
    public static CommandOutcome Start(Turn turn, JobsCommand.Start start)
    {
        if (!turn.State.Jobs.TryFind(start.Job, out var job))
        {
            return Refusals.NoJob(start.Job);
        }

        if (start.Arguments is { } arguments && ShellLine.Problem(job.Spec, arguments) is { } tooLong)
        {
            return new CommandOutcome.Refused(RefusalKind.BadRequest, $"the arguments of the run {tooLong}");
        }

        var most = turn.State.Options.ManualRunsMax;
        var isRepeat = RunStarts.Requested(turn, job, start.Key) is not null;
        if (!isRepeat && turn.State.Runs.OpenOf(job.Name).Count(run => run is { State: RunState.Waiting, IsOrphaned: false, Cause.Kind: RunCauseKind.Manual }) >= most)
        {
            return new CommandOutcome.Refused(RefusalKind.Conflict, $"{most} runs of job '{job.Name}' that were started by hand wait already, and no more may; start it again when some of them have begun, or end some of them first");
        }

        var run = RunStarts.Manual(turn, job, start.Arguments, start.Environment, start.Key);
        return new CommandOutcome.Started(run, Warning(turn, job, run));
    }

    /// <summary>A success without a task: counted, with a run of its own in the history; children are triggered, and what parents of the job have done is done with.</summary>
    public static CommandOutcome MarkSuccess(Turn turn, JobsCommand.MarkSuccess mark)
    {
        if (!turn.State.Jobs.TryFind(mark.Job, out var job))
        {
            return Refusals.NoJob(mark.Job);
        }

        job = turn.State.Jobs.SetProgress(turn, job.Name, static progress => progress.Edges.Count == 0 ? progress : progress with { Edges = [] });
        RunStarts.Marked(turn, job);
        return new CommandOutcome.Done();
    }

    /// <summary>Runs that are over are forgotten; the counters of their jobs stay.</summary>
    public static CommandOutcome PurgeHistory(Turn turn)
    {
        foreach (var run in turn.State.Runs.Jobs.Order().ToList().SelectMany(turn.State.Runs.EndedOf).ToList())
        {
            turn.State.Runs.Remove(turn, run.Id);
        }

        return new CommandOutcome.Done();
    }

    // Chronos takes such a request like any other: it is carried out as far as it can be, and its author is told.
    private static string? Warning(Turn turn, Job job, RunId id)
    {
        var run = turn.State.Runs.Find(id);
        return run is { State: RunState.Skipped } || (job.Spec.Disabled && run is { IsFresh: true })
            ? $"run {id.Number} of job '{job.Name}' is skipped, not launched: a disabled job does not run; enable it and start it again"
            : null;
    }
}
