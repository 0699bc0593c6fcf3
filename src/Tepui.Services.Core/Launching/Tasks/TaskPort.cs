using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>A port of a task as it came to be.</summary>
/// <param name="Name">As in the spec.</param>
/// <param name="Protocols">One or two of <c>tcp</c>, <c>udp</c>.</param>
/// <param name="Labels">As in the spec.</param>
/// <param name="Requested">The number that names it in the environment.</param>
/// <param name="HostPort">On the agent; unset when it is not mapped.</param>
/// <param name="ContainerPort">Inside; unset on the agent's network.</param>
/// <param name="IsGenerated">The port inside was chosen here.</param>
/// <param name="NetworkNames">Networks it is mapped on; empty: the only one.</param>
internal sealed record TaskPort(
    string? Name,
    IReadOnlyList<string> Protocols,
    IReadOnlyDictionary<string, string> Labels,
    int Requested,
    int? HostPort,
    int? ContainerPort,
    bool IsGenerated,
    IReadOnlyList<string> NetworkNames)
{
    private const int FirstFree = 1025;
    private const int LastFree = 65535;

    /// <summary>Where it is reached from outside: on the agent if it is mapped, otherwise inside.</summary>
    public int Effective => HostPort ?? ContainerPort ?? 0;

    /// <summary>Where the agent's checks reach it: inside, if it has a port there.</summary>
    public int Checked => ContainerPort ?? HostPort ?? 0;

    /// <summary>The ports of an app.</summary>
    public static IReadOnlyList<TaskPort> Of(AppSpec app, IReadOnlyList<int?> hostPorts, Random random) => app.IsHostNetworked || app.Container?.PortMappings is not { } mappings
        ? [.. app.PortDefinitions.Select((port, i) => new TaskPort(port.Name, Split(port.Protocol), port.Labels, port.Port == 0 ? hostPorts[i] ?? 0 : port.Port, hostPorts[i], null, false, []))]
        : [.. mappings.Select((mapping, i) => Of(mapping, hostPorts[i], random))];

    /// <summary>The endpoints of a container of a pod.</summary>
    public static IReadOnlyList<TaskPort> Of(PodContainer container, IReadOnlyList<int?> hostPorts) =>
        [.. container.Endpoints.Select((endpoint, i) => new TaskPort(
            endpoint.Name, endpoint.Protocols, endpoint.Labels, endpoint.ContainerPort ?? hostPorts[i] ?? 0, hostPorts[i], endpoint.ContainerPort, false, endpoint.NetworkNames))];

    private static TaskPort Of(PortMapping mapping, int? hostPort, Random random)
    {
        var isGenerated = mapping.ContainerPort == 0 && hostPort is null;
        var inside = mapping.ContainerPort != 0 ? mapping.ContainerPort : hostPort ?? random.Next(FirstFree, LastFree + 1);
        return new(mapping.Name, Split(mapping.Protocol), mapping.Labels, inside, hostPort, inside, isGenerated, mapping.NetworkNames);
    }

    private static string[] Split(string protocol) => protocol.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
