using Tepui.Protocol.V1;
using Kind = Tepui.Protocol.V1.AgentInfo.Types.Capability.Types.Type;

namespace Tepui.Agent.Core.Registration;

/// <summary>What this agent can do beyond the least, as masters and readers are told.</summary>
public static class AgentCapabilities
{
    /// <summary>All of them, in the order they are shown.</summary>
    public static IReadOnlyList<AgentInfo.Types.Capability> All { get; } =
    [
        new() { Type = Kind.MultiRole },
        new() { Type = Kind.HierarchicalRole },
        new() { Type = Kind.ReservationRefinement },
    ];
}
