using Tepui.Model;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>What must always hold of every job by itself.</summary>
internal static class JobInvariants
{
    /// <summary>Schedules and cursors belong together, and what cannot run is disabled.</summary>
    public static void Check(JobsState state)
    {
        foreach (var job in state.Jobs.All)
        {
            Check(state, job);
        }
    }

    private static void Check(JobsState state, Job job)
    {
        var (spec, progress) = job;
        Invariant.Holds(state.Jobs.TryFind(spec.Name, out var found) && ReferenceEquals(found, job), $"job {spec.Name} is not found under its name");
        Invariant.Holds(spec.Schedule is null || spec.Parents.Count == 0, $"job {spec.Name} has a schedule and parents");
        Invariant.Holds(spec.Schedule is not null || progress is { NextDue: null, Remaining: null, Backfill: null }, $"job {spec.Name} has no schedule and is due");
        Invariant.Holds(spec.Schedule?.Problem is null || spec.Disabled, $"job {spec.Name} has a schedule that cannot be read, and is enabled");
        Invariant.Holds(progress.Remaining is null or >= 0, $"job {spec.Name} has {progress.Remaining} runs left");
        Invariant.Holds(progress.Remaining != 0 || progress.NextDue is null, $"job {spec.Name} has no runs left and is due");
        Invariant.Holds(progress.LastRun >= state.Runs.Of(spec.Name).Where(run => !run.IsOrphaned).Select(run => run.Id.Number).DefaultIfEmpty().Max(), $"job {spec.Name} has runs behind its last");
    }
}
