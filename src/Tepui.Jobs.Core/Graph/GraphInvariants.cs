using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Graph;

/// <summary>What must always hold of dependencies.</summary>
internal static class GraphInvariants
{
    /// <summary>The graph says what the jobs say, nobody waits for himself, and edges count what parents did.</summary>
    public static void Check(JobsState state)
    {
        var edges = state.Jobs.All.SelectMany(job => job.Spec.Parents.Select(parent => (Parent: parent, Child: job.Name))).ToHashSet();
        Invariant.Holds(edges.Count == state.Graph.EdgeCount, $"jobs have {edges.Count} parents, the graph {state.Graph.EdgeCount}");
        foreach (var (parent, child) in edges)
        {
            Invariant.Holds(state.Graph.Children(parent).Contains(child), $"{child} is no child of {parent}");
        }

        foreach (var job in state.Jobs.All)
        {
            CheckEdges(job);
        }

        CheckAcyclic(state);
    }

    private static void CheckEdges(Job job)
    {
        var edges = job.Progress.Edges;
        Invariant.Holds(edges.Count == 0 || job.Spec.Parents.Count > 1, $"job {job.Name} counts though it has {job.Spec.Parents.Count} parents");
        Invariant.Holds(edges.Select(edge => edge.Parent).Order().Distinct().SequenceEqual(edges.Select(edge => edge.Parent)), $"edges of job {job.Name} are not in order");
        Invariant.Holds(edges.All(edge => edge.Count > 0 && job.Spec.Parents.Contains(edge.Parent)), $"job {job.Name} counts what is no parent, or nothing");
    }

    // Takes away who waits for nobody until nobody is left.
    private static void CheckAcyclic(JobsState state)
    {
        var waits = state.Jobs.All.ToDictionary(job => job.Name, job => job.Spec.Parents.Count);
        var free = new Queue<JobName>(waits.Where(pair => pair.Value == 0).Select(pair => pair.Key).Concat(state.Jobs.All.SelectMany(job => job.Spec.Parents).Where(parent => !state.Jobs.Contains(parent)).Distinct()));
        var left = waits.Count;
        while (free.TryDequeue(out var name))
        {
            left -= waits.ContainsKey(name) ? 1 : 0;
            foreach (var child in state.Graph.Children(name))
            {
                if (--waits[child] == 0)
                {
                    free.Enqueue(child);
                }
            }
        }

        Invariant.Holds(left == 0, $"{left} jobs wait for themselves");
    }
}
