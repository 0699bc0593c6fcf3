using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Graph;

/// <summary>Children of one parent; sorted when somebody asks, so that a parent of very many costs little while they are added.</summary>
internal sealed class ChildSet
{
    private readonly HashSet<JobName> _names = [];
    private JobName[]? _sorted;

    /// <summary>How many.</summary>
    public int Count => _names.Count;

    /// <summary>By name.</summary>
    public IReadOnlyList<JobName> Sorted => _sorted ??= [.. _names.Order()];

    /// <summary>One more.</summary>
    public void Add(JobName child)
    {
        _names.Add(child);
        _sorted = null;
    }

    /// <summary>One less.</summary>
    public void Remove(JobName child)
    {
        _names.Remove(child);
        _sorted = null;
    }
}
