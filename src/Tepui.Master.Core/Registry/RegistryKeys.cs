using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;

namespace Tepui.Master.Core.Registry;

/// <summary>Keys and entries of the registry.</summary>
internal static class RegistryKeys
{
    private const string AgentsPrefix = "agents/";
    private const string FrameworksPrefix = "frameworks/";
    private const string RolesPrefix = "roles/";
    private const string WeightSuffix = "/weight";

    /// <summary>Where an agent is kept.</summary>
    public static string Of(AgentId id) => AgentsPrefix + id.Value;

    /// <summary>Where a framework is kept.</summary>
    public static string Of(FrameworkId id) => FrameworksPrefix + id.Value;

    /// <summary>Where the weight of a role is kept.</summary>
    public static string Weight(string role) => RolesPrefix + role + WeightSuffix;

    /// <summary>The role whose weight is kept there, or <see langword="null"/>.</summary>
    public static string? RoleOf(string key) =>
        key.Length > RolesPrefix.Length + WeightSuffix.Length
        && key.StartsWith(RolesPrefix, StringComparison.Ordinal)
        && key.EndsWith(WeightSuffix, StringComparison.Ordinal)
            ? key[RolesPrefix.Length..^WeightSuffix.Length]
            : null;

    /// <summary>What is kept of an agent.</summary>
    public static AgentEntry Entry(Agent agent, AgentEntry.Types.State state, DateTimeOffset since)
    {
        var entry = new AgentEntry
        {
            AgentInfo = agent.Info,
            State = state,
            SinceNanoseconds = WireTime.Nanoseconds(since),
            Ip = agent.Ip,
            Version = agent.Version,
        };
        entry.Capabilities.AddRange(agent.Capabilities);
        return entry;
    }

    /// <summary>The same agent in another state.</summary>
    public static AgentEntry With(AgentEntry entry, AgentEntry.Types.State state, DateTimeOffset since)
    {
        var changed = entry.Clone();
        changed.State = state;
        changed.SinceNanoseconds = WireTime.Nanoseconds(since);
        return changed;
    }

    /// <summary>What is kept of a framework.</summary>
    public static FrameworkEntry Entry(Framework framework, bool removed) => new()
    {
        FrameworkInfo = framework.Info,
        Removed = removed,
        RegisteredNanoseconds = WireTime.Nanoseconds(framework.Registered),
    };
}
