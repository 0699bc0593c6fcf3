using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Reads the container of a job.</summary>
internal static class ContainerReader
{
    private const int PortMax = 65_535;

    /// <summary>Reads a container.</summary>
    public static ContainerSpec Read(Members container) => new()
    {
        Type = container.Word("type", "DOCKER", "MESOS") ?? "DOCKER",
        Image = container.Required("image", "a container is made of an image"),
        Network = container.Word("network", "HOST", "BRIDGE", "USER") ?? "HOST",
        NetworkName = container.Text("networkName"),
        NetworkInfos = container.Objects("networkInfos", Network),
        Volumes = container.Objects("volumes", Volume),
        Parameters = container.Objects("parameters", PartReader.Parameter),
        ForcePullImage = container.Flag("forcePullImage") ?? false,
    };

    private static ContainerVolume Volume(Members volume) => new(
        volume.Text("hostPath"),
        volume.Required("containerPath", "it says where the volume is mounted"),
        volume.Word("mode", "RO", "RW"),
        volume.Object("external") is { } external ? External(external) : null);

    private static ExternalVolume External(Members external) => new(
        external.Required("name", "a volume of a provider has a name"),
        external.Required("provider", "it says whose volume it is"),
        external.Objects("options", PartReader.Parameter));

    private static NetworkInfo Network(Members network) => new(
        network.Required("name", "it says which network is joined"),
        network.Word("protocol", "IPv4", "IPv6"),
        network.Objects("labels", PartReader.Parameter),
        network.Objects("portMappings", Mapping));

    private static PortMapping Mapping(Members mapping) => new(Port(mapping, "hostPort"), Port(mapping, "containerPort"), mapping.Text("protocol"));

    private static int Port(Members mapping, string name)
    {
        if (!mapping.Has(name))
        {
            mapping.Refuse(name, $"is missing; it must be a port from 0 to {PortMax}");
        }

        return (int)(mapping.Whole(name, 0, PortMax) ?? 0);
    }
}
