using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Graph;

/// <summary>What the end of a run means for the children of its job.</summary>
/// <remarks>
/// A child of one parent is triggered by every end that counts. A child of several counts the ends of each on its edge, and is triggered when the edge just counted equals
/// the least of all: then every parent has done at least as much. A disabled child counts on and is not triggered; a child of a parent that does not exist does neither.
/// </remarks>
internal static class Triggers
{
    /// <summary>Counts the end of a run on the edges to its job's children, and makes runs of those that are triggered. Part of the step that ends the run.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="run">The run that ended.</param>
    /// <param name="succeeded">Whether it ended well.</param>
    public static void Ended(Turn turn, RunId run, bool succeeded)
    {
        var jobs = turn.State.Jobs;
        if (!jobs.TryFind(run.Job, out var parent))
        {
            return;
        }

        foreach (var name in turn.State.Graph.Children(run.Job))
        {
            if (jobs.TryFind(name, out var child) && Counts(child.Spec, parent.Spec, succeeded) && child.Spec.Parents.All(jobs.Contains))
            {
                Count(turn, child, run);
            }
        }
    }

    /// <summary>Edges without those of jobs that are no parents (any more); none where a single parent leaves nothing to count.</summary>
    public static JobProgress Fit(JobProgress progress, IReadOnlyList<JobName> parents)
    {
        if (progress.Edges.Count == 0)
        {
            return progress;
        }

        EdgeCount[] kept = parents.Count < 2 ? [] : [.. progress.Edges.Where(edge => parents.Contains(edge.Parent))];
        return kept.Length == progress.Edges.Count ? progress : progress with { Edges = kept };
    }

    /// <summary>A parent was taken from a job: if each of those that are left has done its part, the job is triggered.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="before">The job as it was.</param>
    public static void ParentTaken(Turn turn, Job before)
    {
        if (!turn.State.Jobs.TryFind(before.Name, out var job) || job.Spec.Disabled || job.Spec.Parents.Count == 0)
        {
            return;
        }

        RunId[] runs = [.. before.Progress.Edges.Where(edge => job.Spec.Parents.Contains(edge.Parent)).Select(edge => new RunId(edge.Parent, edge.Run))];
        if (runs.Length == job.Spec.Parents.Count)
        {
            RunStarts.Triggered(turn, turn.State.Jobs.SetProgress(turn, job.Name, static progress => progress.Edges.Count == 0 ? progress : progress with { Edges = [] }), runs);
        }
    }

    // A failure is a failure to those that wait for one, whether its job has soft errors or not.
    private static bool Counts(JobSpec child, JobSpec parent, bool succeeded) => child.ParentTriggerOrDefault() switch
    {
        ParentTrigger.Failure => !succeeded,
        ParentTrigger.Any => true,
        _ => succeeded || parent.SoftError,
    };

    private static void Count(Turn turn, Job child, RunId run)
    {
        if (child.Spec.Parents.Count == 1)
        {
            if (!child.Spec.Disabled)
            {
                RunStarts.Triggered(turn, child, [run]);
            }

            return;
        }

        var edges = Counted(child.Progress.Edges, run);
        var counted = edges.First(edge => edge.Parent == run.Job).Count;
        var least = edges.Count < child.Spec.Parents.Count ? 0 : edges.Min(edge => edge.Count);
        if (child.Spec.Disabled || counted > least)
        {
            turn.State.Jobs.SetProgress(turn, child.Name, progress => progress with { Edges = edges });
            return;
        }

        var cleared = turn.State.Jobs.SetProgress(turn, child.Name, progress => progress with { Edges = [] });
        RunStarts.Triggered(turn, cleared, [.. edges.Select(edge => new RunId(edge.Parent, edge.Run))]);
    }

    private static List<EdgeCount> Counted(IReadOnlyList<EdgeCount> edges, RunId run)
    {
        var counted = edges.ToList();
        var at = counted.FindIndex(edge => edge.Parent.CompareTo(run.Job) >= 0);
        if (at >= 0 && counted[at].Parent == run.Job)
        {
            counted[at] = counted[at] with { Count = counted[at].Count + 1, Run = run.Number };
        }
        else
        {
            counted.Insert(at < 0 ? counted.Count : at, new(run.Job, 1, run.Number));
        }

        return counted;
    }
}
