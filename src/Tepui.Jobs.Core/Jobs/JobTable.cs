using System.Diagnostics.CodeAnalysis;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>All jobs by name. The only place where they change: it persists and publishes.</summary>
internal sealed class JobTable
{
    private readonly Dictionary<JobName, Job> _jobs = [];

    /// <summary>How many there are.</summary>
    public int Count => _jobs.Count;

    /// <summary>All, in no order.</summary>
    public IEnumerable<Job> All => _jobs.Values;

    /// <summary>One, if there is one of that name.</summary>
    public bool TryFind(JobName name, [NotNullWhen(true)] out Job? job) => _jobs.TryGetValue(name, out job);

    /// <summary>Adds or replaces a job: spec and progress.</summary>
    public void Put(Turn turn, Job job)
    {
    }

    /// <summary>Changes what became of a job; its spec is not written again.</summary>
    public Job SetProgress(Turn turn, JobName name, Func<JobProgress, JobProgress> change) => _jobs[name];

    /// <summary>Takes a job away.</summary>
    public void Remove(Turn turn, JobName name)
    {
    }
}
