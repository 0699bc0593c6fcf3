using System.Collections.Immutable;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>All groups, apps and pods at one moment. Never changed; a change gives a new tree that shares what stayed.</summary>
/// <param name="Groups">By id; the root is always there.</param>
/// <param name="Specs">Apps and pods by id.</param>
public sealed record ServiceTree(ImmutableSortedDictionary<PathId, Group> Groups, ImmutableSortedDictionary<PathId, RunSpec> Specs)
{
    /// <summary>The root group and nothing in it.</summary>
    public static ServiceTree Empty { get; } = new(
        ImmutableSortedDictionary<PathId, Group>.Empty.Add(PathId.Root, new(PathId.Root, [], null, default)),
        ImmutableSortedDictionary<PathId, RunSpec>.Empty);

    /// <summary>The app or pod with this id.</summary>
    public RunSpec? Spec(PathId id) => Specs.GetValueOrDefault(id);

    /// <summary>The app with this id.</summary>
    public AppSpec? App(PathId id) => Spec(id) as AppSpec;

    /// <summary>The pod with this id.</summary>
    public PodSpec? Pod(PathId id) => Spec(id) as PodSpec;

    /// <summary>The group with this id.</summary>
    public Group? Group(PathId id) => Groups.GetValueOrDefault(id);

    /// <summary>Time of the last change of anything.</summary>
    public DateTimeOffset Version => Groups[PathId.Root].Version;

    /// <summary>Puts an app or pod; makes the groups above that are missing and gives them and those there its version.</summary>
    public ServiceTree With(RunSpec spec) => this with { Specs = Specs.SetItem(spec.Id, spec), Groups = Touched(spec.Id.Parent, spec.Version) };

    /// <summary>Puts a group; makes those above that are missing.</summary>
    public ServiceTree With(Group group) => this with { Groups = Touched(group.Id.Parent, group.Version).SetItem(group.Id, group) };

    /// <summary>Removes an app or pod. Groups stay, even when empty.</summary>
    public ServiceTree WithoutSpec(PathId id, DateTimeOffset version) => this with { Specs = Specs.Remove(id), Groups = Touched(id.Parent, version) };

    /// <summary>Removes a group and everything below it; of the root, everything below it.</summary>
    public ServiceTree WithoutGroup(PathId id, DateTimeOffset version)
    {
        var specs = Specs.RemoveRange(Specs.Keys.Where(key => key.IsBelow(id)));
        var groups = Groups.RemoveRange(Groups.Keys.Where(key => key.IsBelow(id) || (key == id && !id.IsRoot)));
        return (this with { Specs = specs, Groups = groups }) is var tree ? tree with { Groups = tree.Touched(id.Parent, version) } : this;
    }

    private ImmutableSortedDictionary<PathId, Group> Touched(PathId from, DateTimeOffset version)
    {
        var groups = Groups;
        for (var id = from; ; id = id.Parent)
        {
            groups = groups.SetItem(id, groups.TryGetValue(id, out var group) ? group with { Version = version } : new Group(id, [], null, version));
            if (id.IsRoot)
            {
                return groups;
            }
        }
    }
}
