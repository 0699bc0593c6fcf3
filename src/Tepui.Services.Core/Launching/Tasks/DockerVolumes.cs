using System.Globalization;
using System.Text.Json;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using SourceType = Tepui.Protocol.V1.Volume.Types.Source.Types.Type;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Volumes of a Docker volume driver as the wire has them.</summary>
internal static class DockerVolumes
{
    private const string OptionPrefix = "dvdi/";
    private const string DriverOption = "driver";
    private const string SizeOption = "size";

    /// <summary>Driver, name and the options meant for the driver; a size is one of them.</summary>
    public static Volume.Types.Source Of(ExternalVolume external)
    {
        using var options = JsonDocument.Parse(external.OptionsJson);
        var own = options.RootElement.EnumerateObject()
            .Where(option => option.Name.StartsWith(OptionPrefix, StringComparison.Ordinal))
            .ToDictionary(option => option.Name[OptionPrefix.Length..], option => option.Value.ToString(), StringComparer.Ordinal);
        var volume = new Volume.Types.Source.Types.DockerVolume { Name = external.Name ?? "" };
        if (own.Remove(DriverOption, out var driver))
        {
            volume.Driver = driver;
        }

        if (external.SizeGb is { } size)
        {
            own[SizeOption] = size.ToString(CultureInfo.InvariantCulture);
        }

        if (own.Count > 0)
        {
            volume.DriverOptions = new();
            volume.DriverOptions.Parameter.AddRange(own.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => new Parameter { Key = option.Key, Value = option.Value }));
        }

        return new() { Type = SourceType.DockerVolume, DockerVolume = volume };
    }
}
