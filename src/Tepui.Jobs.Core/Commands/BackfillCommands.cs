using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Runs earlier times of schedules again.</summary>
internal static class BackfillCommands
{
    /// <summary>However many times the range has: a few runs wait at a time, the others are made as those end.</summary>
    public static CommandOutcome Backfill(Turn turn, JobsCommand.Backfill backfill)
    {
        if (!turn.State.Jobs.TryFind(backfill.Job, out var job))
        {
            return Refusals.NoJob(backfill.Job);
        }

        if (Refusal(turn, job, backfill) is { } refusal)
        {
            return refusal;
        }

        if (RunStarts.Range(turn, job, backfill.From, backfill.To) is not { } range)
        {
            return new CommandOutcome.Refused(RefusalKind.BadRequest, $"The schedule of job '{job.Name}' has no time {Range(backfill.From, backfill.To)}{First(job)}");
        }

        if (!backfill.IsDry)
        {
            RunStarts.Backfill(turn, job, range);
        }

        return new CommandOutcome.Counted(Count(job, range), range.Next, job.Spec.Schedule!.Times.LastAtOrBefore(range.To) ?? range.Next);
    }

    /// <summary>How many times of a job's schedule a backfill still has to make runs of.</summary>
    public static long Count(Job job, Backfill range) => job.Spec.Schedule?.Times.CountBetween(range.Next, range.To, long.MaxValue) ?? 0;

    private static CommandOutcome.Refused? Refusal(Turn turn, Job job, JobsCommand.Backfill backfill)
    {
        if (job.Spec.Schedule is not { } schedule)
        {
            return new(RefusalKind.BadRequest, $"Job '{job.Name}' has no schedule whose times could be run again; start it by hand");
        }

        if (backfill.From > backfill.To)
        {
            return Refusals.Invalid("from", $"is {Refusals.Text(backfill.From)}, after to, {Refusals.Text(backfill.To)}; it must not be later");
        }

        if (backfill.From > turn.Now)
        {
            return Refusals.Invalid("from", $"is {Refusals.Text(backfill.From)}, which is still to come; times up to now, {Refusals.Text(turn.Now)}, can be run again");
        }

        if (schedule.Problem is { } problem)
        {
            return new(RefusalKind.Conflict, $"The schedule '{schedule.Times.Text}' of job '{job.Name}' cannot be read any more: {problem}");
        }

        if (job.Spec.Disabled)
        {
            return new(RefusalKind.Conflict, $"Job '{job.Name}' is disabled and does not run; enable it first");
        }

        return job.Progress.Backfill is { } rest
            ? new(RefusalKind.Conflict, $"Job '{job.Name}' still runs earlier times again, {Range(rest.Next, rest.To)}; kill its tasks to end that")
            : null;
    }

    private static string First(Job job) => job.Spec.Schedule?.Times.FirstAtOrAfter(DateTimeOffset.MinValue) is { } first && !job.Spec.Schedule.IsCron ? $"; its first is {Refusals.Text(first)}" : "";

    private static string Range(DateTimeOffset from, DateTimeOffset to) => $"from {Refusals.Text(from)} to {Refusals.Text(to)}";
}
