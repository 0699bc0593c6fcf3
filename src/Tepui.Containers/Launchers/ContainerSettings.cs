using Tepui.Protocol.V1;

namespace Tepui.Containers.Launchers;

/// <summary>
/// Which container settings can be obeyed. One that would be silently left out (a volume that is not there, a task
/// outside of its network) is refused: a task that ran without it would do harm.
/// </summary>
internal static class ContainerSettings
{
    /// <summary>Why a container with these settings cannot be started, or <see langword="null"/>.</summary>
    public static string? Problem(ContainerInfo? container)
    {
        if (container is null)
        {
            return null;
        }

        if (container.Type == ContainerInfo.Types.Type.Docker)
        {
            return "'ContainerInfo.type' is DOCKER, but this agent has no Docker containerizer; supported is MESOS";
        }

        if (container.Mesos?.Image is { } image)
        {
            return $"Unsupported container image type: {(image.Type == Image.Types.Type.Docker ? "DOCKER" : "APPC")}";
        }

        if (container.Volumes.Count > 0)
        {
            return "Volumes in ContainerInfo is not supported";
        }

        if (container.TtyInfo is not null)
        {
            return "A terminal ('ContainerInfo.tty_info') is not supported";
        }

        if (container.LinuxInfo is { } linux && (linux.Seccomp is not null || linux.HasIpcMode || linux.HasShmSize))
        {
            return $"'ContainerInfo.linux_info.{(linux.Seccomp is not null ? "seccomp" : linux.HasIpcMode ? "ipc_mode" : "shm_size")}' is not supported: this agent has no isolator for it";
        }

        var network = container.NetworkInfos.FirstOrDefault(static network => network.HasName);
        return network is null ? null : $"Unknown CNI network '{network.Name}'";
    }
}
