using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>Which parents a job waits for.</summary>
internal static class ParentReasons
{
    /// <summary>Nothing for a job without parents.</summary>
    public static IEnumerable<string> Of(JobsState state, Job job)
    {
        var parents = job.Spec.Parents;
        if (parents.Count == 0)
        {
            yield break;
        }

        var missing = parents.Where(parent => !state.Jobs.TryFind(parent, out _)).ToList();
        if (missing.Count > 0)
        {
            yield return $"It is not triggered while {Names(missing)} {(missing.Count == 1 ? "does" : "do")} not exist; create {(missing.Count == 1 ? "that job" : "those jobs")}, or leave the name out of parents.";
            yield break;
        }

        yield return parents.Count == 1 ? Single(job, parents[0]) : Several(job);
        foreach (var parent in parents)
        {
            if (state.Jobs.TryFind(parent, out var found) && found.Spec.Disabled)
            {
                yield return $"Parent '{parent}' is disabled and does not run.";
            }
        }
    }

    private static string Single(Job job, JobName parent) => $"It runs after every {End(job)} of '{parent}'.";

    // The job is triggered by the count that makes the least one catch up.
    private static string Several(Job job)
    {
        var counts = job.Spec.Parents.Select(parent => (Parent: parent, job.Progress.Edges.FirstOrDefault(edge => edge.Parent == parent).Count)).ToList();
        var most = Math.Max(1, counts.Max(edge => edge.Count));
        var lacking = counts.Where(edge => edge.Count < most).Select(edge => $"'{edge.Parent}' ({edge.Count} of {most})");
        return $"It runs when every parent has as many counted ends ({End(job)}); still missing: {string.Join(", ", lacking)}.";
    }

    private static string End(Job job) => job.Spec.ParentTriggerOrDefault() switch
    {
        ParentTrigger.Failure => "failure",
        ParentTrigger.Any => "success or failure",
        _ => "success",
    };

    private static string Names(List<JobName> parents) => (parents.Count == 1 ? "parent " : "parents ") + string.Join(", ", parents.Select(parent => $"'{parent}'"));
}
