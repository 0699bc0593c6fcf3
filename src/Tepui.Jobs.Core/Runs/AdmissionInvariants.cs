using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What must always hold of runs that may be launched, after each step.</summary>
internal static class AdmissionInvariants
{
    /// <summary>Whoever may be launched waits, and alone where runs of the job do not overlap.</summary>
    public static void Check(JobsState state)
    {
        foreach (var runs in state.Admission.Admitted.GroupBy(id => id.Job))
        {
            foreach (var id in runs)
            {
                Invariant.Holds(state.Runs.Find(id) is { State: RunState.Waiting, IsOrphaned: false }, $"run {id} may be launched and does not wait");
            }

            Invariant.Holds(state.Jobs.TryFind(runs.Key, out var job) && !job.Spec.Disabled, $"job {runs.Key} is disabled or gone and may be launched");
            if (job.Spec.ConcurrencyOrDefault() != Concurrency.Allow)
            {
                Invariant.Holds(runs.Count() == 1, $"{runs.Count()} runs of job {runs.Key} may be launched");
                Invariant.Holds(!state.Runs.OpenOf(runs.Key).Any(run => run.State.IsActive()), $"a run of job {runs.Key} may be launched beside another");
            }
        }
    }
}
