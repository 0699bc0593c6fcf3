namespace Tepui.Jobs.Core.Runs;

/// <summary>How long a run waits for its next launch.</summary>
internal static class RetryWaits
{
    private static readonly TimeSpan DropMost = TimeSpan.FromSeconds(30);

    /// <summary>After an attempt failed: what the job says, else what all do.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="run">With the number of the attempt to come.</param>
    public static TimeSpan AfterFailure(Turn turn, Run run) =>
        turn.State.JobOf(run)?.Spec.RetryBackoff is { } backoff ? backoff.Before(run.Attempt) : turn.State.Options.FailureRetry;

    /// <summary>After a launch that did not happen: none at first, then ever longer, so that one that is dropped again and again does no harm.</summary>
    /// <param name="run">With that launch as its last.</param>
    public static TimeSpan AfterDrop(Run run)
    {
        var drops = Drops(run);
        return drops <= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(DropMost.TotalSeconds, Math.Pow(2, drops - 2)));
    }

    /// <summary>How often the present attempt was launched so far, each time in vain.</summary>
    public static int Drops(Run run) => run.Attempts.Reverse().TakeWhile(attempt => attempt.Number == run.Attempt).Count();

    /// <summary>The longest that a run can have to wait from now.</summary>
    public static TimeSpan Longest(Turn turn, Run run)
    {
        var failure = run.Attempt > 0 ? AfterFailure(turn, run) : TimeSpan.Zero;
        return failure > DropMost ? failure : DropMost;
    }
}
