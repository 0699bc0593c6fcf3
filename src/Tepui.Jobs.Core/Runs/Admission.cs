using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Says which waiting runs may be launched now. At the end of every step it looks at the jobs that changed.</summary>
/// <remarks>
/// A run may be launched when its retry's wait is over and its job lets it: with <see cref="Concurrency.Allow"/> always;
/// otherwise when no task of another run of the job may live, none of its runs is between two attempts, and it is the oldest.
/// Waiting runs of a disabled job end.
/// </remarks>
internal sealed class Admission
{
    private readonly Queue<JobName> _order = new();
    private readonly HashSet<JobName> _touched = [];
    private readonly HashSet<RunId> _admitted = [];

    /// <summary>Runs in the launch queue, for checks.</summary>
    public IReadOnlyCollection<RunId> Admitted => _admitted;

    /// <summary>A job or a run of it changed.</summary>
    public void Touch(JobName job)
    {
        if (_touched.Add(job))
        {
            _order.Enqueue(job);
        }
    }

    /// <summary>A run does not wait any more.</summary>
    public void Withdraw(Turn turn, RunId run)
    {
        if (_admitted.Remove(run))
        {
            turn.State.Queue.Remove(run);
        }
    }

    /// <summary>At the end of a step, before placement, which changes some again, and after it.</summary>
    public static void Settle(Turn turn)
    {
        var admission = turn.State.Admission;
        while (admission._order.TryDequeue(out var name))
        {
            admission._touched.Remove(name);
            if (turn.State.Jobs.TryFind(name, out var job))
            {
                admission.Review(turn, job);
            }
        }
    }

    private void Review(Turn turn, Job job)
    {
        if (job.Spec.Disabled)
        {
            DropWaiting(turn, job);
            return;
        }

        turn.State.Due.Hold(job, Minting.Free(turn.State, job) <= 0);
        BackfillRuns.Mint(turn, job);
        var open = turn.State.Runs.OpenOf(job.Name);
        var overlaps = job.Spec.ConcurrencyOrDefault() == Concurrency.Allow;
        var next = overlaps ? null : Next(open);
        foreach (var run in open)
        {
            if (!IsReady(turn, run) || !(overlaps || ReferenceEquals(run, next)))
            {
                Withdraw(turn, run.Id);
            }
            else
            {
                // Again for one that is there: its job may have changed.
                _admitted.Add(run.Id);
                turn.State.Queue.Add(turn, run);
            }
        }
    }

    // Where runs do not overlap: the one between two attempts, else the oldest; none while a task may live.
    private static Run? Next(IReadOnlyList<Run> open) =>
        open.Any(run => run.State.IsActive()) ? null : open.FirstOrDefault(run => run.HasLaunched) ?? (open.Count > 0 ? open[0] : null);

    private static bool IsReady(Turn turn, Run run) => run.State == RunState.Waiting && !run.IsOrphaned && (run.NotBefore is not { } time || time <= turn.Now);

    // The time of a backfilled run would not come again: it waits until the job is enabled.
    private void DropWaiting(Turn turn, Job job)
    {
        foreach (var run in turn.State.Runs.OpenOf(job.Name).Where(run => run.State == RunState.Waiting))
        {
            if (run.HasLaunched)
            {
                RunEnds.Finish(turn, run, RunState.Failed, $"not tried again: its job is disabled; {run.Message}");
            }
            else if (run.Cause.Kind == RunCauseKind.Backfill)
            {
                Withdraw(turn, run.Id);
            }
            else
            {
                RunEnds.Finish(turn, run, RunState.Skipped, "its job is disabled");
            }
        }
    }
}
