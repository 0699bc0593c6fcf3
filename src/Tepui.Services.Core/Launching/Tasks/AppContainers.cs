using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using DockerNetwork = Tepui.Protocol.V1.ContainerInfo.Types.DockerInfo.Types.Network;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Image, networks and volumes of an app as the wire has them.</summary>
internal static class AppContainers
{
    private const string DockerSandbox = "/mnt/mesos/sandbox/";

    /// <summary><see langword="null"/> for a plain process on the agent's network.</summary>
    public static ContainerInfo? Of(LaunchOrder order, AppSpec app, string taskId, IReadOnlyList<TaskPort> ports)
    {
        var container = app.Container;
        var isPlain = container is null or { IsDocker: false, Docker: null, LinuxInfo: null, Volumes: [] };
        if (isPlain && app.IsHostNetworked && app.Tty is not true)
        {
            return null;
        }

        var info = container is { IsDocker: true, Docker: { } docker } ? Docker(app, docker, taskId, ports) : Mesos(order, app, ports);
        if (app.Tty is true)
        {
            info.TtyInfo = new();
        }

        // Persistent volumes are resources of the task; the agent mounts them from there.
        foreach (var volume in (container?.Volumes ?? []).Where(volume => volume.Persistent is null))
        {
            info.Volumes.Add(AppVolumes.Of(volume, info.Type == ContainerInfo.Types.Type.Docker ? DockerSandbox : "", app.Secrets));
        }

        return info;
    }

    private static ContainerInfo Docker(AppSpec app, DockerImage image, string taskId, IReadOnlyList<TaskPort> ports)
    {
        var network = app.Networks.Count > 0 ? app.Networks[0] : new(NetworkMode.Host, null, new Dictionary<string, string>());
        var docker = new ContainerInfo.Types.DockerInfo
        {
            Image = image.Image,
            ForcePullImage = image.ForcePull,
            Privileged = image.Privileged,
            Network = network.Mode switch
            {
                NetworkMode.Host => DockerNetwork.Host,
                NetworkMode.Bridge => DockerNetwork.Bridge,
                _ => DockerNetwork.User,
            },
        };
        docker.Parameters.AddRange(image.Parameters.Select(parameter => new Parameter { Key = parameter.Key, Value = parameter.Value }));
        docker.Parameters.Add(new Parameter { Key = "label", Value = $"MESOS_TASK_ID={taskId}" });
        foreach (var port in ports.Where(port => port is { ContainerPort: not null, HostPort: not null }))
        {
            docker.PortMappings.AddRange(port.Protocols.Select(protocol => new ContainerInfo.Types.DockerInfo.Types.PortMapping
            {
                HostPort = (uint)port.HostPort!.Value,
                ContainerPort = (uint)port.ContainerPort!.Value,
                Protocol = protocol,
            }));
        }

        var info = new ContainerInfo { Type = ContainerInfo.Types.Type.Docker, Docker = docker };
        if (network.Mode == NetworkMode.Container)
        {
            info.NetworkInfos.Add(new NetworkInfo { Name = network.Name, Labels = WireLabels.Sorted(network.Labels) });
        }

        return info;
    }

    private static ContainerInfo Mesos(LaunchOrder order, AppSpec app, IReadOnlyList<TaskPort> ports)
    {
        var info = new ContainerInfo { Type = ContainerInfo.Types.Type.Mesos, LinuxInfo = LinuxInfos.Of(app.Container?.LinuxInfo) };
        if (app.Container?.Docker is { } docker)
        {
            info.Mesos = new() { Image = Images.Docker(docker.Image, docker.ForcePull, docker.PullSecret, app.Secrets) };
        }

        info.NetworkInfos.AddRange(NetworkInfos.Of(app.Networks, ports, order.Options.MesosBridgeName));
        return info;
    }
}
