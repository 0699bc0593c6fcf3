using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>What a deployment affects of a tree.</summary>
internal static class AffectedTree
{
    /// <summary>The specs, the groups that differ in more than their version, and the groups above them.</summary>
    /// <param name="tree">To take from.</param>
    /// <param name="other">The tree on the other side of the deployment.</param>
    /// <param name="specs">Affected apps and pods.</param>
    public static ServiceTree Of(ServiceTree tree, ServiceTree other, IEnumerable<PathId> specs)
    {
        var kept = specs.Where(id => tree.Spec(id) is not null).ToList();
        var groups = tree.Groups.Values.Where(group => Differs(group, other.Group(group.Id))).Select(group => group.Id).Concat(kept.Select(id => id.Parent)).ToHashSet();
        foreach (var id in groups.ToList())
        {
            for (var group = id; !group.IsRoot && groups.Add(group.Parent);)
            {
                group = group.Parent;
            }
        }

        groups.Add(PathId.Root);
        return new(
            ServiceTree.Empty.Groups.SetItems(groups.Where(id => tree.Group(id) is not null).Select(id => KeyValuePair.Create(id, tree.Groups[id]))),
            ServiceTree.Empty.Specs.SetItems(kept.Select(id => KeyValuePair.Create(id, tree.Specs[id]))));
    }

    /// <summary>Whether a group differs in more than its version.</summary>
    public static bool Differs(Group group, Group? other) =>
        other is null || group.EnforceRole != other.EnforceRole || !group.Dependencies.SequenceEqual(other.Dependencies);
}
