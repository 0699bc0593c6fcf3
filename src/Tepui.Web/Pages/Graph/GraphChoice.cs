using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.Graph;

/// <summary>Which jobs a graph shows: all that are connected, or, when those are too many, some of them.</summary>
/// <param name="Nodes">The names, in no order that matters.</param>
/// <param name="Total">How many there would be.</param>
public sealed record GraphChoice(IReadOnlySet<string> Nodes, int Total)
{
    /// <summary>Most jobs that are drawn: more cannot be read.</summary>
    public const int NodesMax = 400;

    /// <summary>Whether some are left out.</summary>
    public bool IsCut => Nodes.Count < Total;

    /// <summary>Everything that depends on something, the parts with the best connected jobs first.</summary>
    public static GraphChoice All(JobStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var connected = structure.Connected.ToList();
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        if (connected.Count <= NodesMax)
        {
            return new GraphChoice(connected.ToHashSet(StringComparer.Ordinal), connected.Count);
        }

        foreach (var start in connected.OrderByDescending(job => structure.ParentsOf(job).Count + structure.ChildrenOf(job).Count).ThenBy(job => job, StringComparer.Ordinal))
        {
            Spread(chosen, [start], job => structure.ParentsOf(job).Concat(structure.ChildrenOf(job)), NodesMax);
            if (chosen.Count >= NodesMax)
            {
                break;
            }
        }

        return new GraphChoice(chosen, connected.Count);
    }

    /// <summary>A job with all that leads to it and follows from it, the nearest first; nothing for a job without either.</summary>
    public static GraphChoice Around(JobStructure structure, string job)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var above = Reach(structure.ParentsOf, job);
        var below = Reach(structure.ChildrenOf, job);
        var total = above.Union(below).Count();
        if (total == 1)
        {
            return new GraphChoice(new HashSet<string>(), 0);
        }

        if (total <= NodesMax)
        {
            return new GraphChoice(above.Union(below).ToHashSet(StringComparer.Ordinal), total);
        }

        var chosen = new HashSet<string>(StringComparer.Ordinal);
        Spread(chosen, [job], structure.ParentsOf, NodesMax / 2);
        Spread(chosen, [job], structure.ChildrenOf, NodesMax);
        return new GraphChoice(chosen, total);
    }

    private static HashSet<string> Reach(Func<string, IEnumerable<string>> next, string job)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Spread(reached, [job], next, int.MaxValue);
        return reached;
    }

    private static void Spread(HashSet<string> reached, IEnumerable<string> from, Func<string, IEnumerable<string>> next, int limit)
    {
        var queue = new Queue<string>(from);
        var seen = new HashSet<string>(queue, StringComparer.Ordinal);
        while (reached.Count < limit && queue.TryDequeue(out var job))
        {
            reached.Add(job);
            foreach (var other in next(job).Where(seen.Add))
            {
                queue.Enqueue(other);
            }
        }
    }
}
