using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.V1;
using DockerNetwork = Tepui.Protocol.V1.ContainerInfo.Types.DockerInfo.Types.Network;
using NetworkInfo = Tepui.Protocol.V1.NetworkInfo;
using Parameter = Tepui.Protocol.V1.Parameter;
using SourceType = Tepui.Protocol.V1.Volume.Types.Source.Types.Type;

namespace Tepui.Jobs.Core.Launching.Tasks;

/// <summary>Image, networks and volumes of a job as the wire has them.</summary>
internal static class JobContainer
{
    /// <summary>The container of a task.</summary>
    public static ContainerInfo Of(ContainerSpec container)
    {
        var info = container.Type == "DOCKER" ? Docker(container) : Mesos(container);
        info.Volumes.AddRange(container.Volumes.Select(Volume));
        if (container.NetworkName is { } name)
        {
            info.NetworkInfos.Add(new NetworkInfo { Name = name });
        }

        info.NetworkInfos.AddRange(container.NetworkInfos.Select(Network));
        return info;
    }

    private static ContainerInfo Docker(ContainerSpec container)
    {
        var docker = new ContainerInfo.Types.DockerInfo
        {
            Image = container.Image,
            ForcePullImage = container.ForcePullImage,
            Network = container.Network switch
            {
                "BRIDGE" => DockerNetwork.Bridge,
                "USER" => DockerNetwork.User,
                _ => DockerNetwork.Host,
            },
        };
        docker.Parameters.AddRange(container.Parameters.Select(Wire));
        return new() { Type = ContainerInfo.Types.Type.Docker, Docker = docker };
    }

    private static ContainerInfo Mesos(ContainerSpec container)
    {
        var info = new ContainerInfo { Type = ContainerInfo.Types.Type.Mesos };
        if (container.Image.Length > 0)
        {
            info.Mesos = new() { Image = new() { Type = Image.Types.Type.Docker, Cached = !container.ForcePullImage, Docker = new() { Name = container.Image } } };
        }

        return info;
    }

    private static Volume Volume(ContainerVolume volume)
    {
        var wire = new Volume { ContainerPath = volume.ContainerPath };
        if (volume.HostPath is { } path)
        {
            wire.HostPath = path;
        }

        if (volume.Mode is { } mode)
        {
            wire.Mode = mode == "RO" ? Protocol.V1.Volume.Types.Mode.Ro : Protocol.V1.Volume.Types.Mode.Rw;
        }

        if (volume.External is { } external)
        {
            wire.Source = new()
            {
                Type = SourceType.DockerVolume,
                DockerVolume = new() { Driver = external.Provider, Name = external.Name, DriverOptions = external.Options.Count > 0 ? new() { Parameter = { external.Options.Select(Wire) } } : null },
            };
        }

        return wire;
    }

    private static NetworkInfo Network(Specs.NetworkInfo network)
    {
        var info = new NetworkInfo { Name = network.Name };
        if (network.Labels.Count > 0)
        {
            info.Labels = new() { Labels_ = { network.Labels.Select(label => new Label { Key = label.Key, Value = label.Value }) } };
        }

        if (network.Protocol is { } protocol)
        {
            var isNew = protocol.EndsWith('6');
            info.IpAddresses.Add(new NetworkInfo.Types.IPAddress { Protocol = isNew ? NetworkInfo.Types.Protocol.Ipv6 : NetworkInfo.Types.Protocol.Ipv4 });
        }

        info.PortMappings.AddRange(network.PortMappings.Select(Port));
        return info;
    }

    private static NetworkInfo.Types.PortMapping Port(PortMapping port)
    {
        var wire = new NetworkInfo.Types.PortMapping { HostPort = (uint)Math.Max(0, port.HostPort), ContainerPort = (uint)Math.Max(0, port.ContainerPort) };
        if (port.Protocol is { } protocol)
        {
            wire.Protocol = protocol;
        }

        return wire;
    }

    private static Parameter Wire(Specs.Parameter parameter) => new() { Key = parameter.Key, Value = parameter.Value };
}
