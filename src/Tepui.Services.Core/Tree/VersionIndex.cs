using System.Collections.Immutable;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>Kept versions of apps and pods, and what each change of the tree did. Never changed; a change gives a new one.</summary>
public sealed class VersionIndex
{
    private readonly ImmutableDictionary<PathId, ImmutableSortedDictionary<DateTimeOffset, RunSpec>> _specs;

    private VersionIndex(ImmutableDictionary<PathId, ImmutableSortedDictionary<DateTimeOffset, RunSpec>> specs, ImmutableList<TreeChange> changes)
    {
        _specs = specs;
        Changes = changes;
    }

    /// <summary>No version of anything.</summary>
    public static VersionIndex Empty { get; } = new(ImmutableDictionary<PathId, ImmutableSortedDictionary<DateTimeOffset, RunSpec>>.Empty, []);

    /// <summary>Kept changes of the tree, oldest first.</summary>
    public ImmutableList<TreeChange> Changes { get; }

    /// <summary>Times of all kept versions of an app or pod, newest first; <see langword="null"/> if none is kept.</summary>
    public IReadOnlyList<DateTimeOffset>? Of(PathId id) => _specs.TryGetValue(id, out var versions) ? [.. versions.Keys.Reverse()] : null;

    /// <summary>How many versions of an app or pod are kept.</summary>
    public int CountOf(PathId id) => _specs.TryGetValue(id, out var versions) ? versions.Count : 0;

    /// <summary>A version of an app or pod, if it is kept.</summary>
    public RunSpec? Find(PathId id, DateTimeOffset version) =>
        _specs.TryGetValue(id, out var versions) && versions.TryGetValue(version, out var spec) ? spec : null;

    /// <summary>Times at which a group or something below it changed, newest first.</summary>
    public IReadOnlyList<DateTimeOffset> OfGroup(PathId group) => [.. Changes.Where(change => change.Touches(group)).Select(change => change.Version).Reverse()];

    /// <summary>The present tree with one group as it was at one of <see cref="OfGroup"/>; <see langword="null"/> if that is not kept any more.</summary>
    public ServiceTree? GroupAt(ServiceTree tree, PathId group, DateTimeOffset version)
    {
        if (!Changes.Exists(change => change.Version == version && change.Touches(group)))
        {
            return null;
        }

        foreach (var change in Changes.Reverse().TakeWhile(change => change.Version > version))
        {
            if (Undo(tree, group, change) is not { } earlier)
            {
                return null;
            }

            tree = earlier;
        }

        return tree;
    }

    internal VersionIndex With(RunSpec spec)
    {
        var versions = _specs.GetValueOrDefault(spec.Id) ?? ImmutableSortedDictionary<DateTimeOffset, RunSpec>.Empty;
        return new(_specs.SetItem(spec.Id, versions.SetItem(spec.Version, spec)), Changes);
    }

    internal VersionIndex With(TreeChange change) => new(_specs, Changes.Add(change));

    internal VersionIndex WithoutOldestChange() => new(_specs, Changes.RemoveAt(0));

    internal VersionIndex Without(PathId id, DateTimeOffset version) =>
        new(_specs[id].Remove(version) is { IsEmpty: false } left ? _specs.SetItem(id, left) : _specs.Remove(id), Changes);

    private ServiceTree? Undo(ServiceTree tree, PathId group, TreeChange change)
    {
        var (specs, groups) = (tree.Specs, tree.Groups);
        foreach (var spec in change.Specs.Where(spec => spec.Id.IsBelow(group)))
        {
            if (spec.Before is not { } before)
            {
                specs = specs.Remove(spec.Id);
            }
            else if (Find(spec.Id, before) is { } earlier)
            {
                specs = specs.SetItem(spec.Id, earlier);
            }
            else
            {
                return null;
            }
        }

        foreach (var touched in change.Groups.Where(touched => touched.Id == group || touched.Id.IsBelow(group)))
        {
            groups = touched.Before is { } before ? groups.SetItem(touched.Id, before) : groups.Remove(touched.Id);
        }

        return new(groups, specs);
    }
}
