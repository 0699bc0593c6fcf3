using Tepui.Services.Core.Documents.Groups;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>Whose resources apps and pods may use.</summary>
internal static class RoleRules
{
    /// <summary>Role of an app or pod that names none: its first-level group's where that enforces, otherwise the scheduler's.</summary>
    public static string Standard(PathId id, DocumentContext context) =>
        GroupRoles.Enforces(context.Tree, id, context.Options) ? id.FirstLevel.Name : context.Options.MesosRole;

    /// <summary>Reports a role that is not allowed there, and roles whose resources may not be used.</summary>
    public static void Check(RunSpec spec, DocumentContext context, string acceptedPath, Problems problems)
    {
        var valid = Valid(spec.Id, context);
        problems.Require(valid.Contains(spec.Role, StringComparer.Ordinal), "/role", $"'{spec.Role}' is not among the valid roles: {string.Join(", ", valid)}");
        problems.Require(!spec.IsResident || spec.Role != "*", "/role", "must not be * for persistent volumes: resources are reserved for a role");
        Accepted(spec, acceptedPath, problems);
    }

    private static IReadOnlyList<string> Valid(PathId id, DocumentContext context)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        if (id.Parent.IsRoot)
        {
            return [context.Options.MesosRole];
        }

        if (context.Tree.Spec(id) is { } present)
        {
            roles.Add(present.Role);
        }

        var enforces = GroupRoles.Enforces(context.Tree, id, context.Options);
        if (!enforces)
        {
            roles.Add(context.Options.MesosRole);
        }

        if (enforces || !context.IsInGroup)
        {
            roles.Add(id.FirstLevel.Name);
        }

        return [.. roles];
    }

    private static void Accepted(RunSpec spec, string path, Problems problems)
    {
        if (spec.AcceptedResourceRoles is not { } roles)
        {
            return;
        }

        problems.Require(roles.Count > 0, path, "must not be empty; leave it out for the default");
        for (var index = 0; index < roles.Count; index++)
        {
            problems.Require(Patterns.Role.IsMatch(roles[index]), $"{path}({index})", $"'{roles[index]}' is not the name of a role");
        }

        var foreign = roles.Where(role => role != "*" && role != spec.Role).ToArray();
        problems.Require(foreign.Length == 0, path, $"{string.Join(", ", foreign)} cannot be accepted; allowed are * and the own role, {spec.Role}");
        problems.Require(!spec.IsResident || roles is ["*"], path, "must be exactly [\"*\"] with persistent volumes");
    }
}
