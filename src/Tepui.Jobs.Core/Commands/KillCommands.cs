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

        turn.State.Jobs.SetProgress(turn, job.Name, static progress => progress.Backfill is null ? progress : progress with { Backfill = null });
        foreach (var run in turn.State.Runs.OpenOf(job.Name).Where(run => run.HasLaunched || run.Cause.Kind == RunCauseKind.Backfill))
        {
            RunKills.Kill(turn, run, KillWish.Asked);
        }

        return new CommandOutcome.Done();
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
}
