using Tepui.Protocol.V1;
using SourceType = Tepui.Protocol.V1.Volume.Types.Source.Types.Type;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with the container of a task or executor.</summary>
internal static class ContainerProblems
{
    /// <summary>The first thing wrong, or <see langword="null"/>.</summary>
    public static string? Any(ContainerInfo container)
    {
        foreach (var volume in container.Volumes)
        {
            if (VolumeProblem(volume) is { } problem)
            {
                return problem;
            }
        }

        if (container.Type != ContainerInfo.Types.Type.Docker)
        {
            return null;
        }

        if (container.Docker is not { } docker)
        {
            return "DockerInfo 'docker' is not set for DOCKER typed ContainerInfo";
        }

        return docker.Parameters.Any(static parameter => parameter.Key == "name") ? "Parameter in DockerInfo must not be 'name'" : null;
    }

    /// <summary>Whether the container says that it shares the cgroups of the one around it; <see langword="null"/> when it does not say.</summary>
    public static bool? SharesCgroups(ContainerInfo? container) =>
        container?.LinuxInfo is { HasShareCgroups: true } linux ? linux.ShareCgroups : null;

    private static string? VolumeProblem(Volume volume)
    {
        var sources = (volume.HasHostPath ? 1 : 0) + (volume.Image is null ? 0 : 1) + (volume.Source is null ? 0 : 1);
        if (sources != 1)
        {
            return $"Exactly one of 'host_path', 'image' and 'source' must be set for volume '{volume.ContainerPath}', and {sources} are";
        }

        return volume.Source is { } source ? Source(source) : null;
    }

    private static string? Source(Volume.Types.Source source) => source.Type switch
    {
        SourceType.DockerVolume when source.DockerVolume is null => Unset("docker_volume", "DOCKER_VOLUME"),
        SourceType.HostPath when source.HostPath is null => Unset("host_path", "HOST_PATH"),
        SourceType.SandboxPath when source.SandboxPath is null => Unset("sandbox_path", "SANDBOX_PATH"),
        SourceType.SandboxPath when source.SandboxPath.Type == Volume.Types.Source.Types.SandboxPath.Types.Type.Unknown => "SANDBOX_PATH volume must have type SELF or PARENT",
        SourceType.Secret when source.Secret is null => Unset("secret", "SECRET"),
        SourceType.Secret => CommandProblems.SecretProblem(source.Secret),
        SourceType.CsiVolume when source.CsiVolume is null => Unset("csi_volume", "CSI_VOLUME"),
        SourceType.Unknown => "'source.type' of a volume is not known",
        _ => null,
    };

    private static string Unset(string field, string type) => $"'source.{field}' is not set for {type} volume";
}
