using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using SourceType = Tepui.Protocol.V1.Volume.Types.Source.Types.Type;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Volumes of an app that are no resources, as the wire has them.</summary>
internal static class AppVolumes
{
    /// <summary>Of the host, of a storage system, or a secret.</summary>
    /// <param name="volume">As in the spec.</param>
    /// <param name="sandbox">Where relative paths begin.</param>
    /// <param name="secrets">Sources of secrets by name.</param>
    public static Volume Of(AppVolume volume, string sandbox, IReadOnlyDictionary<string, string> secrets)
    {
        var path = volume.ContainerPath.StartsWith('/') ? volume.ContainerPath : sandbox + volume.ContainerPath;
        var wire = new Volume { ContainerPath = path, Mode = volume.ReadOnly ? Volume.Types.Mode.Ro : Volume.Types.Mode.Rw };
        if (volume.HostPath is { } host)
        {
            wire.HostPath = host;
        }
        else if (volume.Secret is { } secret)
        {
            wire.Source = Secret(secret, secrets);
        }
        else if (volume.External is { } external)
        {
            wire.Source = external.Provider == "csi" ? CsiVolumes.Of(external, volume.ReadOnly, secrets) : DockerVolumes.Of(external);
        }

        return wire;
    }

    /// <summary>A secret as a file.</summary>
    public static Volume.Types.Source Secret(string name, IReadOnlyDictionary<string, string> secrets) =>
        new() { Type = SourceType.Secret, Secret = Variables.Reference(secrets.GetValueOrDefault(name, name)) };
}
