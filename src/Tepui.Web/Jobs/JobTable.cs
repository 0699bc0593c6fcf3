using System.Diagnostics.CodeAnalysis;

namespace Tepui.Web.Jobs;

/// <summary>Jobs by name. Never changes; changes make another, which costs little more than a copy of an array.</summary>
public sealed class JobTable
{
    private static readonly Comparer<JobSummary> ByName = Comparer<JobSummary>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private readonly JobSummary[] _jobs;

    /// <summary>A table of these; of several with one name the first counts.</summary>
    public JobTable(IEnumerable<JobSummary> jobs)
        : this([.. jobs.DistinctBy(job => job.Name).Order(ByName)], null)
    {
    }

    private JobTable(JobSummary[] sorted, JobStructure? structure)
    {
        _jobs = sorted;
        Structure = structure ?? new JobStructure(sorted);
    }

    /// <summary>No jobs.</summary>
    public static JobTable Empty { get; } = new(Array.Empty<JobSummary>());

    /// <summary>Who depends on whom. The same object as long as that does not change.</summary>
    public JobStructure Structure { get; }

    /// <summary>All, by name.</summary>
    public IReadOnlyList<JobSummary> All => _jobs;

    /// <summary>Finds one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out JobSummary? job)
    {
        var index = IndexOf(_jobs, name);
        job = index < 0 ? null : _jobs[index];
        return job is not null;
    }

    /// <summary>Names of the jobs that one triggers, in order.</summary>
    public IReadOnlyList<string> ChildrenOf(string name) => Structure.ChildrenOf(name);

    /// <summary>This with some jobs as they are now; null for one that is gone.</summary>
    public JobTable With(IReadOnlyDictionary<string, JobSummary?> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var known = changes.Where(change => IndexOf(_jobs, change.Key) >= 0).ToList();
        var copy = (JobSummary[])_jobs.Clone();
        var sameParents = true;
        foreach (var (name, job) in known)
        {
            var index = IndexOf(_jobs, name);
            sameParents &= job is not null && job.Parents.SequenceEqual(_jobs[index].Parents);
            copy[index] = job!;
        }

        return known.Count == changes.Count && known.TrueForAll(change => change.Value is not null)
            ? new JobTable(copy, sameParents ? Structure : null)
            : new JobTable([.. copy.OfType<JobSummary>(), .. changes.Where(change => IndexOf(_jobs, change.Key) < 0).Select(change => change.Value).OfType<JobSummary>()]);
    }

    private static int IndexOf(JobSummary[] jobs, string name)
    {
        var (from, to) = (0, jobs.Length - 1);
        while (from <= to)
        {
            var middle = (from + to) >>> 1;
            switch (string.CompareOrdinal(jobs[middle].Name, name))
            {
                case 0: return middle;
                case < 0: from = middle + 1; break;
                default: to = middle - 1; break;
            }
        }

        return -1;
    }
}
