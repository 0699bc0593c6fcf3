using Tepui.Jobs.Core.Runs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Views;

/// <summary>What must always hold of what readers see.</summary>
internal static class ViewInvariants
{
    /// <summary>The listing, which follows changes only, has what there is.</summary>
    public static void Check(JobsState state)
    {
        var jobs = state.Listing.Jobs(state);
        Invariant.Holds(jobs.Select(job => job.Job).SequenceEqual(state.Jobs.All.OrderBy(job => job.Name), ReferenceEqualityComparer.Instance), "the listing does not have the jobs there are");
        Invariant.Holds(state.Listing.Open(state).SequenceEqual(state.Runs.Open.OrderBy(run => run.Id), ReferenceEqualityComparer.Instance), "the listing does not have the runs that are open");
        foreach (var job in jobs)
        {
            var runs = state.Runs.OpenOf(job.Job.Name).Where(run => !run.IsOrphaned).ToList();
            Invariant.Holds(job.Running == runs.Count(run => run.State.IsActive()), $"job {job.Job.Name} is listed with {job.Running} that run");
            Invariant.Holds(job.Queued == runs.Count(run => !run.State.IsActive()), $"job {job.Job.Name} is listed with {job.Queued} that wait");
        }
    }
}
