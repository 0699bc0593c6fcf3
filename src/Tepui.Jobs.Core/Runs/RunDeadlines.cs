using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>When something happens to a run by itself. All follows from the durable record, so a restart changes none of it.</summary>
internal static class RunDeadlines
{
    private static readonly TimeSpan JustAfter = TimeSpan.FromMilliseconds(1);

    /// <summary>The end of its retry's wait, while that lasts.</summary>
    public static DateTimeOffset? Retry(Turn turn, Run run) => run.State == RunState.Waiting && run.NotBefore > turn.Now ? run.NotBefore : null;

    /// <summary>When it is too late for its first launch: with catch-up <see cref="CatchUp.None"/>, epsilon after what it stands for was due.</summary>
    public static DateTimeOffset? Skip(Turn turn, Run run) =>
        run.IsFresh && run.Cause.Kind is RunCauseKind.Schedule or RunCauseKind.Parents && turn.State.JobOf(run) is { } job && job.Spec.CatchUpOrDefault() == CatchUp.None
            ? run.Cause.Due.After(Epsilon(turn, job.Spec)).After(JustAfter)
            : null;

    /// <summary>When it becomes late: epsilon after the first time it stands for, if no task of it has begun by then. <see langword="null"/> if it is late already or cannot be.</summary>
    /// <remarks>Times from before the schedule was set count from then. A backfill is never late.</remarks>
    public static DateTimeOffset? Late(Turn turn, Run run) =>
        run.IsLate || run.StartedAt is not null || turn.State.JobOf(run) is not { } job ? null : LateAfter(turn, run, job.Spec)?.After(JustAfter);

    /// <summary>Until when its first task has to begin so that it is not late; <see langword="null"/>: it cannot be.</summary>
    public static DateTimeOffset? LateAfter(Turn turn, Run run, JobSpec job)
    {
        var wanted = run.Cause.Kind switch
        {
            RunCauseKind.Backfill => (DateTimeOffset?)null,
            RunCauseKind.Schedule when job.Schedule is { } schedule => Moments.Later(run.Cause.FirstDue, schedule.SetAt),
            _ => run.Cause.FirstDue,
        };
        return wanted?.After(Epsilon(turn, job));
    }

    /// <summary>When its attempt has run for too long.</summary>
    public static DateTimeOffset? Timeout(Turn turn, Run run) =>
        run.State.IsActive() && run.Kill == KillWish.None && run.Last?.StartedAt is { } started && turn.State.JobOf(run) is { Spec.MaxCompletionTime: var most } && most > TimeSpan.Zero
            ? started.After(most)
            : null;

    /// <summary>When its attempt on an agent that is cut off is taken for lost. Not without a subscription, nor before the master had time to say how things stand.</summary>
    public static DateTimeOffset? GiveUp(Turn turn, Run run) => run.State == RunState.Unreachable && turn.State.Watch.SubscribedAt is { } subscribed
        ? Moments.Later(run.Since.After(turn.State.Options.UnreachableTimeout), subscribed.After(turn.State.Options.LaunchConfirmInterval))
        : null;

    private static TimeSpan Epsilon(Turn turn, JobSpec job) => job.EpsilonOr(turn.State.Options.TaskEpsilon);
}
