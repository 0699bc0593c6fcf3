using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>How many others an app or pod waits for, one after the other: the longest path of dependencies. Dependencies of a group count for everything below it, a dependency on a group is one on everything below that, and ids of nothing do not count.</summary>
internal sealed class DependencyDepths(ServiceTree tree)
{
    private readonly Dictionary<PathId, int> _depths = [];

    /// <summary>0 for one that waits for nothing.</summary>
    public int Of(PathId spec)
    {
        if (_depths.TryGetValue(spec, out var known))
        {
            return known;
        }

        // Trees with circles are refused before; one that got in anyway must not hang the plan.
        _depths[spec] = 0;
        var depth = 0;
        foreach (var dependency in DependenciesOf(tree.Specs[spec]))
        {
            depth = Math.Max(depth, OfDependency(dependency, spec));
        }

        return _depths[spec] = depth;
    }

    // One more than what is waited for; 0 when nothing is there.
    private int OfDependency(PathId dependency, PathId spec)
    {
        if (tree.Spec(dependency) is not null)
        {
            return dependency == spec ? 0 : Of(dependency) + 1;
        }

        if (tree.Group(dependency) is null || spec.IsBelow(dependency))
        {
            return 0;
        }

        if (_depths.TryGetValue(dependency, out var known))
        {
            return known;
        }

        _depths[dependency] = 0;
        var depth = 0;
        foreach (var member in tree.Specs.Keys.Where(id => id.IsBelow(dependency)))
        {
            depth = Math.Max(depth, Of(member) + 1);
        }

        return _depths[dependency] = depth;
    }

    private IEnumerable<PathId> DependenciesOf(RunSpec spec)
    {
        foreach (var dependency in spec.Dependencies)
        {
            yield return dependency;
        }

        for (var group = spec.Id; !group.IsRoot;)
        {
            group = group.Parent;
            foreach (var dependency in tree.Group(group)?.Dependencies ?? [])
            {
                yield return dependency;
            }
        }
    }
}
