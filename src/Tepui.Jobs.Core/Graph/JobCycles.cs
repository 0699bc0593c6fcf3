using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Graph;

/// <summary>Finds out whether parents of a job would close a cycle.</summary>
/// <remarks>
/// Looks from the job down over its children and from the parents up over theirs, one job at a time in turn: the side that is through first decides.
/// So a job at either end of a long chain costs little. Parents that do not exist (yet) have children all the same: their cycle is found when they are made.
/// </remarks>
internal static class JobCycles
{
    private const int NamesShown = 10;

    /// <summary>The jobs of the cycle, each a parent of the next, the first again at the end; <see langword="null"/>: there is none.</summary>
    /// <param name="state">All jobs; what they say of the parents of <paramref name="job"/> does not count.</param>
    /// <param name="job">The job.</param>
    /// <param name="parents">The parents it is to have.</param>
    public static IReadOnlyList<JobName>? Find(JobsState state, JobName job, IReadOnlyList<JobName> parents)
    {
        var down = new Search([job], state.Graph.Children);
        var up = new Search(parents, name => name == job ? [] : ParentsOf(state.Jobs, name));
        var wanted = parents.ToHashSet();
        while (true)
        {
            if (!down.TryNext(out var descendant))
            {
                return null;
            }

            if (wanted.Contains(descendant))
            {
                return [.. down.WayTo(descendant), job];
            }

            if (!up.TryNext(out var ancestor))
            {
                return null;
            }

            if (ancestor == job)
            {
                return [.. up.WayTo(ancestor).Reverse(), job];
            }
        }
    }

    /// <summary>For people: <c>a -> b -> a</c>; of long cycles the middle is left out.</summary>
    public static string Text(IReadOnlyList<JobName> cycle)
    {
        var shown = cycle.Count <= 2 * NamesShown
            ? cycle.Select(name => name.Value)
            : [.. cycle.Take(NamesShown).Select(name => name.Value), $"({cycle.Count - (2 * NamesShown)} more)", .. cycle.Skip(cycle.Count - NamesShown).Select(name => name.Value)];
        return string.Join(" -> ", shown);
    }

    private static IReadOnlyList<JobName> ParentsOf(JobTable jobs, JobName name) => jobs.TryFind(name, out var job) ? job.Spec.Parents : [];

    // Remembers from where it came to each job.
    private sealed class Search
    {
        private readonly Func<JobName, IReadOnlyList<JobName>> _neighbors;
        private readonly Dictionary<JobName, JobName?> _from = [];
        private readonly Queue<JobName> _open = new();

        public Search(IReadOnlyList<JobName> start, Func<JobName, IReadOnlyList<JobName>> neighbors)
        {
            _neighbors = neighbors;
            foreach (var name in start)
            {
                Reach(name, null);
            }
        }

        // One job at a time, nearest first.
        public bool TryNext(out JobName name)
        {
            if (!_open.TryDequeue(out name))
            {
                return false;
            }

            foreach (var neighbor in _neighbors(name))
            {
                Reach(neighbor, name);
            }

            return true;
        }

        public IEnumerable<JobName> WayTo(JobName name)
        {
            var way = new List<JobName>();
            for (JobName? at = name; at is { } reached; at = _from[reached])
            {
                way.Add(reached);
            }

            way.Reverse();
            return way;
        }

        private void Reach(JobName name, JobName? from)
        {
            if (_from.TryAdd(name, from))
            {
                _open.Enqueue(name);
            }
        }
    }
}
