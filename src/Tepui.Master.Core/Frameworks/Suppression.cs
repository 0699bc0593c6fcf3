using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Offers;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Frameworks want no more offers for some roles, or want them again.</summary>
internal static class Suppression
{
    /// <summary>No more offers for these roles, or for all when none is named. A role that is not the framework's makes the whole call void.</summary>
    public static void Suppress(Turn turn, Framework framework, IReadOnlyCollection<string> named)
    {
        turn.State.Counters.Add(CounterNames.MessagesSuppress);
        if (Roles(framework, named) is { } roles)
        {
            framework.Suppressed.UnionWith(roles);
            Pool.Suppress(turn, framework, roles);
            Touch(turn, framework);
        }
    }

    /// <summary>Offers for these roles, or for all when none is named, whatever was refused before.</summary>
    public static void Revive(Turn turn, Framework framework, IReadOnlyCollection<string> named)
    {
        turn.State.Counters.Add(CounterNames.MessagesRevive);
        if (Roles(framework, named) is { } roles)
        {
            framework.Suppressed.ExceptWith(roles);
            Pool.Revive(turn, framework, roles);
            Touch(turn, framework);
        }
    }

    private static string[]? Roles(Framework framework, IReadOnlyCollection<string> named)
    {
        if (named.Count == 0)
        {
            return framework.Roles;
        }

        return named.All(role => framework.Roles.Contains(role, StringComparer.Ordinal))
            ? [.. named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : null;
    }

    private static void Touch(Turn turn, Framework framework)
    {
        framework.Touch();
        turn.State.Changed();
    }
}
