
namespace Tepui.Services.Core.Killing;

/// <summary>Says what instances that turned unhealthy together have in common.</summary>
internal static class KillReasons
{
    private const int MostNamed = 3;

    /// <summary>In words, as of now.</summary>
    public static string Describe(ServicesState state, SpecBudget budget)
    {
        var hosts = budget.Unhealthy.Keys.Select(id => state.Instances.Find(id)?.Host).OfType<Host>().ToList();
        return $"{budget.Seen} of {budget.Size(state)} instances turned unhealthy within {state.Options.CorrelatedFailureWindow.TotalSeconds:0} s{Shared(hosts)}; "
            + $"replacing at most {budget.Allowed(state)} at a time until a replacement is healthy";
    }

    /// <summary>The same for many apps and pods.</summary>
    public static string Describe(ServicesState state, PoolBudget pool) =>
        $"{pool.Unhealthy} of {state.Health.Count} instances of {pool.Specs} apps and pods turned unhealthy within {state.Options.CorrelatedFailureWindow.TotalSeconds:0} s; "
        + $"replacing at most {PoolBudget.Allowed(state)} of all at a time until a replacement is healthy";

    private static string Shared(List<Host> hosts)
    {
        if (hosts.Count == 0)
        {
            return "";
        }

        // Agents may share a machine, and so its name.
        var agents = hosts.DistinctBy(host => host.Agent).ToList();
        var names = agents.Select(host => host.Hostname).Order(StringComparer.Ordinal).ToList();
        if (agents.Count == 1)
        {
            return $", all on agent {names[0]}";
        }

        var zones = hosts.Select(host => host.Zone).Distinct(StringComparer.Ordinal).ToList();
        return zones is [{ } zone] ? $", all in zone {zone}"
            : names.Count <= MostNamed ? $", on agents {string.Join(", ", names)}"
            : $", on {names.Count} agents";
    }
}
