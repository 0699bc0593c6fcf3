using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>Which jobs run after which.</summary>
internal sealed class JobGraph
{
    private readonly Dictionary<string, JsonObject> _jobs;
    private readonly ILookup<string, string> _children;

    /// <summary>The graph of jobs as the API lists them.</summary>
    public JobGraph(IEnumerable<JsonObject> jobs)
    {
        _jobs = jobs.Where(job => job.Text("name") is not null).ToDictionary(job => job.Text("name")!, StringComparer.Ordinal);
        _children = _jobs.SelectMany(pair => pair.Value.Texts("parents").Distinct(StringComparer.Ordinal).Select(parent => (parent, pair.Key)))
            .ToLookup(edge => edge.parent, edge => edge.Key, StringComparer.Ordinal);
    }

    /// <summary>Names, sorted.</summary>
    public IEnumerable<string> Names => _jobs.Keys.Order(StringComparer.Ordinal);

    /// <summary>Jobs that wait for no other that exists.</summary>
    public IEnumerable<string> Roots => Names.Where(name => !ParentsOf(name).Any());

    /// <summary>The job; <see langword="null"/> if there is none.</summary>
    public JsonObject? Find(string name) => _jobs.GetValueOrDefault(name);

    /// <summary>Jobs that run after it, sorted.</summary>
    public IEnumerable<string> ChildrenOf(string name) => _children[name].Order(StringComparer.Ordinal);

    /// <summary>Existing jobs that it runs after, as its author wrote them.</summary>
    public IEnumerable<string> ParentsOf(string name) => _jobs[name].Texts("parents").Distinct(StringComparer.Ordinal).Where(_jobs.ContainsKey);

    /// <summary>The part that has to do with one job: it, all that it rests on, and all that follows from it.</summary>
    public JobGraph Around(string name)
    {
        var near = new HashSet<string>(StringComparer.Ordinal);
        Walk(name, ParentsOf, near);
        near.Remove(name);
        Walk(name, ChildrenOf, near);
        return new(near.Select(one => _jobs[one]));
    }

    /// <summary>Names in an order in which none comes before one of its parents, where there is no cycle; otherwise close to the order given.</summary>
    public static IReadOnlyList<string> ParentsFirst(IReadOnlyList<string> names, Func<string, IEnumerable<string>> parentsOf)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        var begun = new HashSet<string>(StringComparer.Ordinal);
        var ordered = new List<string>();
        var open = new Stack<(string Name, IEnumerator<string> Parents)>();
        foreach (var name in names)
        {
            Open(name);
            while (open.TryPeek(out var top))
            {
                if (top.Parents.MoveNext())
                {
                    Open(top.Parents.Current);
                }
                else
                {
                    ordered.Add(open.Pop().Name);
                }
            }
        }

        return ordered;

        void Open(string name)
        {
            if (known.Contains(name) && begun.Add(name))
            {
                open.Push((name, parentsOf(name).GetEnumerator()));
            }
        }
    }

    /// <summary>A cycle that one of the names is in or leads to: each the parent of the next, the first again at the end; <see langword="null"/>: there is none.</summary>
    public static IReadOnlyList<string>? Cycle(IEnumerable<string> names, Func<string, IEnumerable<string>> parentsOf)
    {
        var finished = new HashSet<string>(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var path = new List<(string Name, IEnumerator<string> Parents)>();
        foreach (var name in names.Where(name => !finished.Contains(name)))
        {
            Enter(name);
            while (path.Count > 0)
            {
                var (top, parents) = path[^1];
                if (!parents.MoveNext())
                {
                    path.RemoveAt(path.Count - 1);
                    places.Remove(top);
                    finished.Add(top);
                }
                else if (places.TryGetValue(parents.Current, out var from))
                {
                    return [parents.Current, .. path.Skip(from).Reverse().Select(one => one.Name)];
                }
                else if (!finished.Contains(parents.Current))
                {
                    Enter(parents.Current);
                }
            }
        }

        return null;

        void Enter(string name)
        {
            places[name] = path.Count;
            path.Add((name, parentsOf(name).GetEnumerator()));
        }
    }

    private static void Walk(string from, Func<string, IEnumerable<string>> next, HashSet<string> seen)
    {
        var open = new Stack<string>([from]);
        while (open.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                foreach (var other in next(name))
                {
                    open.Push(other);
                }
            }
        }
    }
}
