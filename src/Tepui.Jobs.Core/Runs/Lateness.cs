using Tepui.Jobs.Core.Explaining;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Runs whose first task does not begin in time. Each is told of once.</summary>
internal static class Lateness
{
    /// <summary>Marks a run as late.</summary>
    /// <returns>The run as it is now.</returns>
    public static Run Mark(Turn turn, Run run)
    {
        if (run.IsLate || turn.State.JobOf(run) is not { } job)
        {
            return run;
        }

        var late = run with { IsLate = true };
        turn.State.Runs.Replace(turn, late);
        job = turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with { LateCount = progress.LateCount + 1 });
        NoticeTable.Tell(turn, NoticeKind.Late, job, late, $"run {late.Id.Number} of job '{job.Name}' has not started within {Words.Seconds(job.Spec.EpsilonOr(turn.State.Options.TaskEpsilon))} after it was due at {late.Cause.FirstDue.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        return late;
    }

    /// <summary>After news of a task: marks the run if its first task began too late.</summary>
    /// <returns>The run as it is now.</returns>
    public static Run Check(Turn turn, Run run) =>
        run.StartedAt is { } started && !run.IsLate && turn.State.JobOf(run) is { } job && started > RunDeadlines.LateAfter(turn, run, job.Spec) ? Mark(turn, run) : run;
}
