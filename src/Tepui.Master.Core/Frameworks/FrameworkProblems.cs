using Tepui.Master.Core.Allocation;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Frameworks;

/// <summary>What may be wrong with the way a framework describes itself. Each returns the first thing wrong, or <see langword="null"/>.</summary>
internal static class FrameworkProblems
{
    // The longest duration clients can say: 2^63 nanoseconds.
    private const double FailoverSecondsMax = long.MaxValue / 1e9;

    /// <summary>Everything that can be said about one subscription by itself.</summary>
    public static string? Any(MasterOptions options, FrameworkInfo info, IEnumerable<string> suppressed, OfferConstraints? constraints) =>
        Roles(info)
        ?? Id(info)
        ?? OfferFilters(info)
        ?? Failover(info)
        ?? Whitelist(options, info)
        ?? User(options, info)
        ?? Suppressed(info, suppressed)
        ?? Constraints(info, constraints);

    /// <summary>What a framework may never change.</summary>
    public static string? Change(FrameworkInfo before, FrameworkInfo after) =>
        Principal(before, after)
        ?? Fixed("user", before.User, after.User)
        ?? Fixed("checkpoint", before.Checkpoint ? "true" : "false", after.Checkpoint ? "true" : "false");

    /// <summary>Who a framework is may not change.</summary>
    public static string? Principal(FrameworkInfo before, FrameworkInfo after) => Fixed("principal", before.Principal, after.Principal);

    private static string? Fixed(string field, string before, string after) => before == after
        ? null
        : $"Updating 'FrameworkInfo.{field}' is unsupported; attempted to update from '{before}' to '{after}'";

    private static string? Roles(FrameworkInfo info)
    {
        if (!FrameworkCapabilities.Of(info).MultiRole)
        {
            return info.Roles.Count > 0 ? "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable"
                : RoleRules.Problem(info.Role) is { } wrong ? $"'FrameworkInfo.role' is not a valid role: {wrong}"
                : null;
        }

        if (info.HasRole)
        {
            return "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in info.Roles)
        {
            if (!seen.Add(role))
            {
                return $"'FrameworkInfo.roles' contains role '{role}' twice";
            }

            if (RoleRules.Problem(role) is { } wrong)
            {
                return $"'FrameworkInfo.roles' contains an invalid role: {wrong}";
            }
        }

        return null;
    }

    private static string? Id(FrameworkInfo info) =>
        info.Id is { Value.Length: > 0 } id ? IdRule.Problem(id.Value) : null;

    private static string? OfferFilters(FrameworkInfo info)
    {
        foreach (var (role, filters) in info.OfferFilters.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var quantities in filters.MinAllocatableResources?.Quantities ?? [])
            {
                if (quantities.Quantities.Count == 0)
                {
                    return $"'FrameworkInfo.offer_filters' of role '{role}' has an empty set of quantities in 'min_allocatable_resources'";
                }

                foreach (var (name, quantity) in quantities.Quantities)
                {
                    if (!(double.IsNormal(quantity.Value) || quantity.Value == 0) || quantity.Value < 0)
                    {
                        return $"'FrameworkInfo.offer_filters' of role '{role}' asks for '{name}' of {quantity.Value}; it must be a number, zero or more";
                    }
                }
            }
        }

        return null;
    }

    private static string? Failover(FrameworkInfo info) =>
        double.IsNaN(info.FailoverTimeout) || Math.Abs(info.FailoverTimeout) > FailoverSecondsMax
            ? $"The framework failover_timeout ({info.FailoverTimeout}) is invalid: it must be a number of seconds up to {FailoverSecondsMax:F0}"
            : null;

    private static string? Whitelist(MasterOptions options, FrameworkInfo info)
    {
        if (options.Roles.Count == 0)
        {
            return null;
        }

        var unknown = FrameworkCapabilities.Roles(info).Where(role => !options.Roles.Contains(role, StringComparer.Ordinal)).ToArray();
        return unknown.Length == 0 ? null : $"Roles {Braces(unknown)} are not present in the master's --roles";
    }

    private static string? User(MasterOptions options, FrameworkInfo info) =>
        info.User == "root" && !options.RootSubmissions ? "User 'root' is not allowed to run frameworks without --root_submissions set" : null;

    private static string? Suppressed(FrameworkInfo info, IEnumerable<string> suppressed)
    {
        var roles = FrameworkCapabilities.Roles(info);
        var foreign = suppressed.Where(role => !roles.Contains(role, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return foreign.Length == 0 ? null : $"Suppressed roles {Braces(foreign)} are not contained in the set of roles";
    }

    private static string? Constraints(FrameworkInfo info, OfferConstraints? constraints)
    {
        var roles = FrameworkCapabilities.Roles(info);
        foreach (var (role, ofRole) in (constraints?.RoleConstraints ?? []).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (!roles.Contains(role, StringComparer.Ordinal))
            {
                return $"Offer constraints specify role '{role}' the framework is not subscribed to";
            }

            if (ofRole.Groups.Count == 0)
            {
                return $"Offer constraints of role '{role}' have no groups";
            }

            foreach (var group in ofRole.Groups)
            {
                if (group.AttributeConstraints.Count == 0)
                {
                    return $"Offer constraints of role '{role}' have an empty group";
                }

                foreach (var constraint in group.AttributeConstraints)
                {
                    if (Constraint(constraint) is { } wrong)
                    {
                        return $"Offer constraints of role '{role}' are invalid: {wrong}";
                    }
                }
            }

            if (!OfferConstraint.TryCompile(ofRole, out _, out var unusable))
            {
                return $"Offer constraints of role '{role}' are invalid: {unusable}";
            }
        }

        return null;
    }

    private static string? Constraint(AttributeConstraint constraint)
    {
        if (constraint.Selector is not { } selector || selector.SelectorCase == AttributeConstraint.Types.Selector.SelectorOneofCase.None)
        {
            return "a constraint has no selector";
        }

        if (selector.HasPseudoattributeType && selector.PseudoattributeType == AttributeConstraint.Types.Selector.Types.PseudoattributeType.Unknown)
        {
            return "a constraint selects an unknown pseudoattribute";
        }

        return constraint.Predicate is not { } predicate || predicate.PredicateCase == AttributeConstraint.Types.Predicate.PredicateOneofCase.None
            ? "a constraint has no predicate"
            : null;
    }

    private static string Braces(IEnumerable<string> names) => $"{{ {string.Join(", ", names)} }}";
}
