using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.Graph;

/// <summary>
/// Orders a graph in levels. A job's level is the length of the longest way to it; ways that pass a level without a job there get a
/// bend on it. Within levels the order is by the mean place of neighbours, taken forth and back, which leaves few crossings.
/// </summary>
/// <remarks>Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981.</remarks>
public sealed class GraphLayers
{
    private const int Sweeps = 8;

    private readonly Dictionary<string, GraphPlace> _places = new(StringComparer.Ordinal);
    private readonly List<List<GraphPlace>> _levels = [];
    private readonly List<IReadOnlyList<GraphPlace>> _ways = [];

    /// <summary>Levels the jobs and what connects them.</summary>
    /// <param name="structure">All connections.</param>
    /// <param name="nodes">The jobs to level.</param>
    public GraphLayers(JobStructure structure, IReadOnlySet<string> nodes)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(nodes);
        foreach (var (job, level) in LevelsOf(structure, nodes))
        {
            Add(_places[job] = new GraphPlace(job, level));
        }

        foreach (var child in nodes.Order(StringComparer.Ordinal))
        {
            foreach (var parent in structure.ParentsOf(child).Where(nodes.Contains))
            {
                Connect(_places[parent], _places[child]);
            }
        }

        Order();
    }

    /// <summary>The levels; each from top to bottom.</summary>
    public IReadOnlyList<IReadOnlyList<GraphPlace>> Levels => _levels;

    /// <summary>The ways from parents to children, each with its bends.</summary>
    public IReadOnlyList<IReadOnlyList<GraphPlace>> Ways => _ways;

    // The longest way from a job without parents. Jobs of a cycle, which a scheduler refuses, come in the order of their names.
    private static IEnumerable<(string Job, int Level)> LevelsOf(JobStructure structure, IReadOnlySet<string> nodes)
    {
        var open = nodes.ToDictionary(job => job, job => structure.ParentsOf(job).Count(nodes.Contains), StringComparer.Ordinal);
        var levels = nodes.ToDictionary(job => job, _ => 0, StringComparer.Ordinal);
        var ready = new Queue<string>(open.Where(job => job.Value == 0).Select(job => job.Key).Order(StringComparer.Ordinal));
        var left = new SortedSet<string>(nodes, StringComparer.Ordinal);
        while (left.Count > 0)
        {
            if (!ready.TryDequeue(out var job))
            {
                job = left.Min!;
            }

            if (!left.Remove(job))
            {
                continue;
            }

            yield return (job, levels[job]);
            foreach (var child in structure.ChildrenOf(job).Where(left.Contains))
            {
                levels[child] = Math.Max(levels[child], levels[job] + 1);
                if (--open[child] == 0)
                {
                    ready.Enqueue(child);
                }
            }
        }
    }

    private void Add(GraphPlace place)
    {
        while (_levels.Count <= place.Level)
        {
            _levels.Add([]);
        }

        _levels[place.Level].Add(place);
    }

    private void Connect(GraphPlace parent, GraphPlace child)
    {
        if (child.Level <= parent.Level)
        {
            _ways.Add([parent, child]);
            return;
        }

        var way = new List<GraphPlace> { parent };
        for (var level = parent.Level + 1; level < child.Level; level++)
        {
            var bend = new GraphPlace(null, level);
            Add(bend);
            way.Add(bend);
        }

        way.Add(child);
        for (var i = 1; i < way.Count; i++)
        {
            way[i - 1].After.Add(way[i]);
            way[i].Before.Add(way[i - 1]);
        }

        _ways.Add(way);
    }

    private void Order()
    {
        Number();
        var best = Snapshot();
        var least = Crossings();
        for (var sweep = 0; sweep < Sweeps && least > 0; sweep++)
        {
            var forth = sweep % 2 == 0;
            for (var i = 0; i < _levels.Count; i++)
            {
                var level = _levels[forth ? i : _levels.Count - 1 - i];
                var sorted = level.Select(place => (Place: place, Key: Mean(forth ? place.Before : place.After, place.Index))).OrderBy(entry => entry.Key).ThenBy(entry => entry.Place.Index).Select(entry => entry.Place).ToList();
                level.Clear();
                level.AddRange(sorted);
                Number(level);
            }

            if (Crossings() is var crossings && crossings < least)
            {
                (best, least) = (Snapshot(), crossings);
            }
        }

        for (var i = 0; i < _levels.Count; i++)
        {
            _levels[i].Clear();
            _levels[i].AddRange(best[i]);
        }

        Number();
    }

    private List<GraphPlace[]> Snapshot() => [.. _levels.Select(level => level.ToArray())];

    private void Number() => _levels.ForEach(Number);

    private static void Number(List<GraphPlace> level)
    {
        for (var i = 0; i < level.Count; i++)
        {
            level[i].Index = i;
        }
    }

    private static double Mean(List<GraphPlace> neighbours, int otherwise) => neighbours.Count == 0 ? otherwise : neighbours.Average(place => place.Index);

    /// <summary>How many ways cross between neighbouring levels.</summary>
    public long Crossings()
    {
        var crossings = 0L;
        foreach (var level in _levels)
        {
            // Ends in order of their beginnings: each pair out of order is a crossing.
            var ends = new List<int>();
            foreach (var place in level)
            {
                foreach (var end in place.After.Select(next => next.Index).Order())
                {
                    var at = ends.BinarySearch(end);
                    at = at < 0 ? ~at : at;
                    while (at < ends.Count && ends[at] == end)
                    {
                        at++;
                    }

                    crossings += ends.Count - at;
                    ends.Insert(at, end);
                }
            }
        }

        return crossings;
    }
}
