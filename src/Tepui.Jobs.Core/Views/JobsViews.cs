using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Views;

/// <summary>Takes views of the state.</summary>
internal static class JobsViews
{
    /// <summary>Of everything.</summary>
    public static JobsView Take(JobsState state, DateTimeOffset now) => new()
    {
        At = now,
        Framework = state.Framework,
        Master = state.Master,
        Jobs = state.Listing.Jobs(state),
        OpenRuns = state.Listing.Open(state),
        Queue = state.Queue.Normal,
        HighQueue = state.Queue.High,
        OffersHeld = state.Offers.Count,
        NoticesWaiting = state.Notices.Count,
    };

    /// <summary>Of one job; orphans of an earlier job of that name are not among its runs.</summary>
    public static JobDetail? Find(JobsState state, JobName job) => state.Listing.Find(state, job) is { } summary
        ? new(
            summary,
            [.. state.Runs.Of(job).Where(run => !run.IsOrphaned).Reverse()],
            state.Graph.Children(job),
            [.. summary.Job.Spec.Parents.Where(parent => !state.Jobs.Contains(parent)).Order()])
        : null;
}
