using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>Says why a job waits.</summary>
internal static class Explainer
{
    /// <summary>For one job.</summary>
    /// <returns><see langword="null"/> if there is no such job.</returns>
    public static Explanation? Explain(JobsState state, JobName job, DateTimeOffset now)
    {
        if (!state.Jobs.TryFind(job, out var found))
        {
            return null;
        }

        var queued = state.Runs.OpenOf(job).FirstOrDefault(run => state.Queue.Has(run.Id));
        var (placement, nearest) = queued is null ? ([], null) : PlacementReasons.Of(state, found.Spec, now);
        IReadOnlyList<string> reasons =
        [
            .. RunReasons.Of(state, found, now),
            .. placement,
            .. ScheduleReasons.Disabled(state, found),
            .. ParentReasons.Of(state, found),
            .. ScheduleReasons.Of(state, found, now),
        ];
        return new(job, State(state, found, queued), reasons, nearest);
    }

    private static string State(JobsState state, Job job, Run? queued)
    {
        var open = state.Runs.OpenOf(job.Name);
        var running = open.Count(run => run.State.IsActive());
        if (queued is not null)
        {
            return state.Master is null ? "waits for a master" : "waits for an offer";
        }

        if (running > 0)
        {
            return running == open.Count ? $"{running} running" : $"{running} running, {open.Count - running} waiting";
        }

        if (open.Count > 0)
        {
            return "waits for its next attempt";
        }

        if (job.Spec.Disabled)
        {
            return "disabled";
        }

        return job.Spec.IsDependent ? "waits for its parents" : job.Progress.NextDue is null ? "has no next time" : "waits for its next time";
    }
}
