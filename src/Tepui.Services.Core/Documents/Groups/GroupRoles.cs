using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents.Groups;

/// <summary>Which groups make what lies below them use their role.</summary>
public static class GroupRoles
{
    /// <summary>Whether the first-level group that an app, pod or group lies in enforces its role. A group that is yet to be made gets the default.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="id">App, pod or group; right below the root there is no group, so nothing is enforced.</param>
    /// <param name="options">The default for new groups.</param>
    public static bool Enforces(ServiceTree tree, PathId id, ServicesOptions options)
    {
        if (id.Parent.IsRoot)
        {
            return false;
        }

        return tree.Group(id.FirstLevel)?.EnforceRole ?? options.NewGroupEnforceRole;
    }

    /// <summary>Gives first-level groups that were made on the way the default for new groups, so that a later change of the default leaves them alone.</summary>
    public static ServiceTree Settle(ServiceTree tree, ServicesOptions options)
    {
        foreach (var group in tree.Groups.Values.Where(group => group.EnforceRole is null && !group.Id.IsRoot && group.Id.Parent.IsRoot).ToArray())
        {
            tree = tree with { Groups = tree.Groups.SetItem(group.Id, group with { EnforceRole = options.NewGroupEnforceRole }) };
        }

        return tree;
    }
}
