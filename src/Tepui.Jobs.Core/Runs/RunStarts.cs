using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Makes runs: writes them down, merges them with those that wait where the job says so, and lets them wait for their launch.</summary>
internal static class RunStarts
{
    /// <summary>For due times of the schedule.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">Which.</param>
    /// <param name="cause">What the run stands for.</param>
    /// <param name="move">Moves the cursor, in the same write.</param>
    /// <returns>The job as it is now.</returns>
    public static Job Scheduled(Turn turn, Job job, RunCause cause, Func<JobProgress, JobProgress> move) => Make(turn, job, cause, move).Job;

    /// <summary>For parents that have done their part. A disabled job gets no run.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">The child.</param>
    /// <param name="parents">The newest run of each parent.</param>
    public static void Triggered(Turn turn, Job job, IReadOnlyList<RunId> parents)
    {
        if (job.Spec.Disabled)
        {
            return;
        }

        var waiting = turn.State.Runs.OpenOf(job.Name).Where(run => run is { IsFresh: true, IsOrphaned: false, Cause.Kind: RunCauseKind.Parents }).ToList();
        if (waiting.Count > 0 && (job.Spec.CatchUpOrDefault() == CatchUp.Last || waiting.Count >= turn.State.Options.WaitingRunsMax))
        {
            var run = waiting[^1];
            turn.State.Runs.Replace(turn, run with { Cause = run.Cause with { Due = turn.Now, Covers = run.Cause.Covers + 1, Parents = Newest(run.Cause.Parents, parents) } });
        }
        else
        {
            Make(turn, job, new() { Kind = RunCauseKind.Parents, FirstDue = turn.Now, Due = turn.Now, Parents = Newest([], parents) });
        }
    }

    /// <summary>Because somebody asked for it; a key used before gives the run made then, as long as that is kept.</summary>
    public static RunId Manual(Turn turn, Job job, string? arguments, IReadOnlyList<EnvironmentVariable> environment, string? key)
    {
        if (Requested(turn, job, key) is { } made)
        {
            return made.Id;
        }

        var cause = new RunCause { Kind = RunCauseKind.Manual, FirstDue = turn.Now, Due = turn.Now };
        return Make(turn, job, cause, change: null, new(arguments, environment, key)).Run.Id;
    }

    /// <summary>The run that was made for a key, if there is one and it is kept.</summary>
    public static Run? Requested(Turn turn, Job job, string? key) =>
        key is null ? null : turn.State.Runs.Of(job.Name).FirstOrDefault(run => run.RequestKey == key && !run.IsOrphaned);

    /// <summary>What a backfill of a range would run.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">Whose.</param>
    /// <param name="from">The first time that may be meant.</param>
    /// <param name="to">The last, likewise; times to come are left to the schedule.</param>
    /// <returns><see langword="null"/>: the schedule has no time there.</returns>
    public static Backfill? Range(Turn turn, Job job, DateTimeOffset from, DateTimeOffset to)
    {
        to = to < turn.Now ? to : turn.Now;
        return job.Spec.Schedule?.Times.FirstAtOrAfter(from) is { } first && first <= to ? new(first, to) : null;
    }

    /// <summary>Begins to run all times of a range of the past again.</summary>
    public static void Backfill(Turn turn, Job job, Backfill range)
    {
        turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with { Backfill = range });
        turn.State.Admission.Touch(job.Name);
    }

    /// <summary>Because somebody says that the job has done its part: a run that is over at once, without a task.</summary>
    public static void Marked(Turn turn, Job job)
    {
        var (_, run) = Write(turn, job, new() { Kind = RunCauseKind.Manual, FirstDue = turn.Now, Due = turn.Now }, change: null, wish: null);
        RunEnds.Finish(turn, run, RunState.Succeeded, "marked as successful");
    }

    /// <summary>Writes a run down, and makes room for it where the job says so.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="job">Whose.</param>
    /// <param name="cause">Why.</param>
    /// <param name="change">What else changes of the job, in the same write.</param>
    /// <param name="wish">What was asked for, if somebody did.</param>
    public static (Job Job, Run Run) Make(Turn turn, Job job, RunCause cause, Func<JobProgress, JobProgress>? change = null, RunWish? wish = null)
    {
        var (changed, run) = Write(turn, job, cause, change, wish);
        if (job.Spec.ConcurrencyOrDefault() == Concurrency.Replace && cause.Kind != RunCauseKind.Backfill)
        {
            RunKills.Replace(turn, run);
        }

        return (changed, run);
    }

    private static (Job Job, Run Run) Write(Turn turn, Job job, RunCause cause, Func<JobProgress, JobProgress>? change, RunWish? wish)
    {
        // Runs of a removed job of the same name may still be there; their numbers are taken.
        var number = Math.Max(job.Progress.LastRun, turn.State.Runs.Highest(job.Name)) + 1;
        var run = new Run
        {
            Id = new(job.Name, number),
            Cause = cause,
            Since = turn.Now,
            CreatedAt = turn.Now,
            Arguments = wish?.Arguments,
            Environment = wish?.Environment ?? [],
            RequestKey = wish?.Key,
        };
        turn.State.Runs.Add(turn, run);
        return (turn.State.Jobs.SetProgress(turn, job.Name, progress => (change?.Invoke(progress) ?? progress) with { LastRun = number }), run);
    }

    private static List<RunId> Newest(IReadOnlyList<RunId> before, IReadOnlyList<RunId> now) =>
        [.. before.Concat(now).GroupBy(run => run.Job).Select(runs => runs.Last()).Order()];
}
