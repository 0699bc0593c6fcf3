using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Graph;

/// <summary>Who waits for whom: children by parent, those of parents that do not exist too.</summary>
internal sealed class JobGraph
{
    private readonly Dictionary<JobName, ChildSet> _children = [];

    /// <summary>How many pairs of a parent and a child there are; slow.</summary>
    public int EdgeCount => _children.Values.Sum(children => children.Count);

    /// <summary>Jobs that have this one as a parent, sorted.</summary>
    public IReadOnlyList<JobName> Children(JobName parent) => _children.TryGetValue(parent, out var children) ? children.Sorted : [];

    /// <summary>Follows a change of a job's parents.</summary>
    public void Set(JobName child, IReadOnlyList<JobName> before, IReadOnlyList<JobName> after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        foreach (var parent in before)
        {
            var children = _children[parent];
            children.Remove(child);
            if (children.Count == 0)
            {
                _children.Remove(parent);
            }
        }

        foreach (var parent in after)
        {
            if (!_children.TryGetValue(parent, out var children))
            {
                _children[parent] = children = new();
            }

            children.Add(child);
        }
    }
}
