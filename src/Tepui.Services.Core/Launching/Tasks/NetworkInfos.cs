using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Networks to join as the wire has them.</summary>
internal static class NetworkInfos
{
    /// <summary>One per network but the agent's own, each with the ports mapped on it.</summary>
    public static IEnumerable<NetworkInfo> Of(IReadOnlyList<Network> networks, IReadOnlyList<TaskPort> ports, string bridgeName) =>
        networks.Where(network => network.Mode != NetworkMode.Host).Select(network => Of(network, ports, bridgeName));

    private static NetworkInfo Of(Network network, IReadOnlyList<TaskPort> ports, string bridgeName)
    {
        var info = new NetworkInfo { Name = network.Mode == NetworkMode.Bridge ? bridgeName : network.Name ?? "", Labels = WireLabels.Sorted(network.Labels) };
        foreach (var port in ports.Where(port => port is { ContainerPort: not null, HostPort: not null } && IsOn(port, network)))
        {
            info.PortMappings.AddRange(port.Protocols.Select(protocol => new NetworkInfo.Types.PortMapping
            {
                HostPort = (uint)port.HostPort!.Value,
                ContainerPort = (uint)port.ContainerPort!.Value,
                Protocol = protocol,
            }));
        }

        return info;
    }

    private static bool IsOn(TaskPort port, Network network) => port.NetworkNames.Count == 0 || (network.Name is { } name && port.NetworkNames.Contains(name));
}
