using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using SourceType = Tepui.Protocol.V1.Volume.Types.Source.Types.Type;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>What the containers of a pod mount, as the wire has it.</summary>
internal static class PodVolumes
{
    /// <summary>One per mount of the container. Volumes without a source of their own are directories in the sandbox of the executor, which the containers share.</summary>
    public static IEnumerable<Volume> Of(PodSpec pod, PodContainer container) =>
        from mount in container.VolumeMounts
        join volume in pod.Volumes on mount.Name equals volume.Name
        select new Volume
        {
            ContainerPath = mount.MountPath,
            Mode = mount.ReadOnly is true || volume.Secret is not null ? Volume.Types.Mode.Ro : Volume.Types.Mode.Rw,
            Source = Source(pod, volume),
        };

    private static Volume.Types.Source Source(PodSpec pod, PodVolume volume) => volume switch
    {
        { Host: { } path } => new() { Type = SourceType.HostPath, HostPath = new() { Path = path } },
        { Secret: { } secret } => AppVolumes.Secret(secret, pod.Secrets),
        _ => new()
        {
            Type = SourceType.SandboxPath,
            SandboxPath = new() { Type = Volume.Types.Source.Types.SandboxPath.Types.Type.Parent, Path = volume.Name },
        },
    };
}
