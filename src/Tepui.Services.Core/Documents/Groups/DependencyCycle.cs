using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents.Groups;

/// <summary>Looks for apps and pods that wait for one another.</summary>
/// <remarks>A spec waits for the specs it names, for all below the groups it names, and for all below the groups that a group above it names. A group stands for everything below it, so edges are few even where groups are large.</remarks>
internal sealed class DependencyCycle
{
    private readonly ServiceTree _tree;
    private readonly ILookup<PathId, PathId> _children;
    private readonly HashSet<PathId> _done = [];
    private readonly List<PathId> _way = [];
    private readonly HashSet<PathId> _onWay = [];

    private DependencyCycle(ServiceTree tree)
    {
        _tree = tree;
        _children = tree.Specs.Keys.Concat(tree.Groups.Keys.Where(id => !id.IsRoot)).ToLookup(id => id.Parent);
    }

    /// <summary>The specs of one cycle, the first also at the end; <see langword="null"/> when there is none.</summary>
    public static IReadOnlyList<PathId>? Find(ServiceTree tree)
    {
        if (tree.Specs.Values.All(spec => spec.Dependencies.Count == 0) && tree.Groups.Values.All(group => group.Dependencies.Count == 0))
        {
            return null;
        }

        var search = new DependencyCycle(tree);
        return tree.Specs.Keys.Select(search.Visit).FirstOrDefault(cycle => cycle is not null);
    }

    // Depth first without recursion: a chain of dependencies may be as long as there are apps.
    private IReadOnlyList<PathId>? Visit(PathId start)
    {
        if (_done.Contains(start))
        {
            return null;
        }

        var open = new Stack<IEnumerator<PathId>>();
        Enter(start, open);
        while (open.TryPeek(out var edges))
        {
            if (!edges.MoveNext())
            {
                open.Pop();
                _done.Add(_way[^1]);
                _onWay.Remove(_way[^1]);
                _way.RemoveAt(_way.Count - 1);
            }
            else if (_onWay.Contains(edges.Current))
            {
                return Specs([.. _way.Skip(_way.IndexOf(edges.Current)), edges.Current]);
            }
            else if (!_done.Contains(edges.Current))
            {
                Enter(edges.Current, open);
            }
        }

        return null;
    }

    private void Enter(PathId id, Stack<IEnumerator<PathId>> open)
    {
        _way.Add(id);
        _onWay.Add(id);
        open.Push(Edges(id).GetEnumerator());
    }

    private IEnumerable<PathId> Edges(PathId id)
    {
        if (_tree.Spec(id) is not { } spec)
        {
            return _children[id];
        }

        var above = new List<PathId>();
        for (var group = id; !group.IsRoot;)
        {
            group = group.Parent;
            above.AddRange(_tree.Group(group)?.Dependencies.Where(_tree.Groups.ContainsKey) ?? []);
        }

        return spec.Dependencies.Where(other => _tree.Specs.ContainsKey(other) || _tree.Groups.ContainsKey(other)).Concat(above);
    }

    // Groups are stations only: what waits are specs.
    private IReadOnlyList<PathId> Specs(IEnumerable<PathId> cycle)
    {
        var specs = cycle.Where(_tree.Specs.ContainsKey).ToList();
        if (specs[0] != specs[^1] || specs.Count == 1)
        {
            specs.Add(specs[0]);
        }

        return specs;
    }
}
