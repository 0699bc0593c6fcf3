using Tepui.Jobs.Core.Explaining;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Ends runs.</summary>
internal static class KillCommands
{
    /// <summary>Ends what runs of a job or waits for another attempt, and all of its backfill. Runs that were never launched go on waiting: they are due.</summary>
    public static CommandOutcome KillAll(Turn turn, JobsCommand.KillAll kill)
    {
        if (!turn.State.Jobs.TryFind(kill.Job, out var job))
        {
            return Refusals.NoJob(kill.Job);
        }

        var dropped = Dropped(turn, job);
        turn.State.Jobs.SetProgress(turn, job.Name, static progress => progress.Backfill is null ? progress : progress with { Backfill = null });
        foreach (var run in turn.State.Runs.OpenOf(job.Name).Where(run => run.HasLaunched || run.Cause.Kind == RunCauseKind.Backfill))
        {
            RunKills.Kill(turn, run, KillWish.Asked);
        }

        return new CommandOutcome.Done(dropped);
    }

    /// <summary>Ends one run, whatever it does.</summary>
    public static CommandOutcome Kill(Turn turn, JobsCommand.Kill kill)
    {
        if (turn.State.Runs.Find(kill.Run) is not { } run)
        {
            return turn.State.Jobs.Contains(kill.Run.Job) ? Refusals.NoRun(kill.Run) : Refusals.NoJob(kill.Run.Job);
        }

        if (run.State.IsFinal())
        {
            return new CommandOutcome.Refused(RefusalKind.Conflict, $"Run {run.Id.Number} of job '{run.Id.Job}' is over since {Refusals.Text(run.Since)}: it is {run.State}");
        }

        RunKills.Kill(turn, run, KillWish.Asked);
        return new CommandOutcome.Done();
    }

    // Who wants tasks ended is told of what goes with them though nothing of it runs.
    private static string? Dropped(Turn turn, Job job)
    {
        var waiting = turn.State.Runs.OpenOf(job.Name).Where(run => run.State == RunState.Waiting).ToList();
        var retries = waiting.Count(run => run.HasLaunched);
        var times = waiting.Count(run => !run.HasLaunched && run.Cause.Kind == RunCauseKind.Backfill)
            + (job.Progress.Backfill is { } rest ? BackfillCommands.Count(job, rest) : 0);
        var parts = new List<string>();
        if (retries > 0)
        {
            parts.Add($"{Words.Count(retries, "run")} that waited for another attempt {(retries == 1 ? "is" : "are")} ended");
        }

        if (times > 0)
        {
            parts.Add($"its backfill is ended: {Words.Count(times, "time")} of it {(times == 1 ? "is" : "are")} not run");
        }

        return parts.Count == 0 ? null : $"job '{job.Name}': {string.Join("; ", parts)}";
    }
}
