namespace Tepui.Web.Jobs;

/// <summary>Who depends on whom, by name. Parents that do not exist are in it too.</summary>
public sealed class JobStructure
{
    private readonly Dictionary<string, IReadOnlyList<string>> _parents = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, List<string>>> _children;

    /// <summary>The structure of these jobs.</summary>
    /// <param name="jobs">In order of their names.</param>
    public JobStructure(IReadOnlyList<JobSummary> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        foreach (var job in jobs.Where(job => job.IsDependent))
        {
            _parents[job.Name] = [.. job.Parents.Distinct(StringComparer.Ordinal)];
        }

        _children = new(() => FindChildren(jobs));
    }

    /// <summary>Jobs that trigger one.</summary>
    public IReadOnlyList<string> ParentsOf(string job) => _parents.GetValueOrDefault(job, []);

    /// <summary>Jobs that one triggers, in order.</summary>
    public IReadOnlyList<string> ChildrenOf(string job) => _children.Value.TryGetValue(job, out var children) ? children : [];

    /// <summary>All that has parents or children.</summary>
    public IEnumerable<string> Connected => _parents.Keys.Union(_children.Value.Keys, StringComparer.Ordinal);

    private static Dictionary<string, List<string>> FindChildren(IReadOnlyList<JobSummary> jobs)
    {
        var children = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            foreach (var parent in job.Parents.Distinct(StringComparer.Ordinal))
            {
                if (!children.TryGetValue(parent, out var list))
                {
                    children[parent] = list = [];
                }

                list.Add(job.Name);
            }
        }

        return children;
    }
}
