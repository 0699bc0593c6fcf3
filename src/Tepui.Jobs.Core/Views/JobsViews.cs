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
        Jobs = [],
        OpenRuns = [],
        Queue = state.Queue.Normal,
        HighQueue = state.Queue.High,
        OffersHeld = state.Offers.Count,
        NoticesWaiting = state.Notices.Count,
    };

    /// <summary>Of one job.</summary>
    public static JobDetail? Find(JobsState state, JobName job, DateTimeOffset now) => null;
}
