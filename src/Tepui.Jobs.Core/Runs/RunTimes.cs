using Tepui.Jobs.Core.Occurrences;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Times of runs after the clock was set back: what lies in the future is taken for now, so that a wait begins anew at most.</summary>
internal static class RunTimes
{
    /// <summary>Of all runs that are not over.</summary>
    public static void Clamp(Turn turn)
    {
        turn.State.Watch.ClockWasSetBack(turn);
        foreach (var run in turn.State.Runs.Open.OrderBy(run => run.Id).ToList())
        {
            var clamped = Clamped(turn, run);
            if (!ReferenceEquals(clamped, run))
            {
                turn.State.Runs.Replace(turn, clamped);
            }
        }
    }

    private static Run Clamped(Turn turn, Run run)
    {
        if (run.Since > turn.Now)
        {
            run = run with { Since = turn.Now };
        }

        if (run.NotBefore is { } time && time > turn.Now.After(RetryWaits.Longest(turn, run)))
        {
            run = run with { NotBefore = turn.Now.After(RetryWaits.Longest(turn, run)) };
        }

        if (run.State.IsActive() && run.Last is { } last && (last.LaunchedAt > turn.Now || last.StartedAt > turn.Now))
        {
            run = run.WithLast(last with { LaunchedAt = Moments.Earlier(last.LaunchedAt, turn.Now), StartedAt = last.StartedAt is { } started ? Moments.Earlier(started, turn.Now) : null });
        }

        return run;
    }
}
