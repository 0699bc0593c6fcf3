using Tepui.Protocol.V1;
using Kind = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Master.Core.Frameworks;

/// <summary>What a framework says it knows, as far as the master acts on it.</summary>
internal readonly record struct FrameworkCapabilities(bool MultiRole, bool PartitionAware, bool ReservationRefinement, bool SharedResources)
{
    /// <summary>Reads them off a framework's info; unknown ones count for nothing.</summary>
    public static FrameworkCapabilities Of(FrameworkInfo info)
    {
        var found = new FrameworkCapabilities();
        foreach (var capability in info.Capabilities)
        {
            found = capability.Type switch
            {
                Kind.MultiRole => found with { MultiRole = true },
                Kind.PartitionAware => found with { PartitionAware = true },
                Kind.ReservationRefinement => found with { ReservationRefinement = true },
                Kind.SharedResources => found with { SharedResources = true },
                _ => found,
            };
        }

        return found;
    }

    /// <summary>The roles a framework subscribes to, sorted.</summary>
    public static string[] Roles(FrameworkInfo info) => Of(info).MultiRole
        ? [.. info.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : [info.Role];
}
