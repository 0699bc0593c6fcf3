using System.Text.Json;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using AccessMode = Tepui.Protocol.V1.Volume.Types.Source.Types.CSIVolume.Types.VolumeCapability.Types.AccessMode.Types.Mode;
using Capability = Tepui.Protocol.V1.Volume.Types.Source.Types.CSIVolume.Types.VolumeCapability;
using SourceType = Tepui.Protocol.V1.Volume.Types.Source.Types.Type;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Volumes of a container storage interface as the wire has them.</summary>
internal static class CsiVolumes
{
    /// <summary>The volume is there already: its name is its id.</summary>
    public static Volume.Types.Source Of(ExternalVolume external, bool readOnly, IReadOnlyDictionary<string, string> secrets)
    {
        using var document = JsonDocument.Parse(external.OptionsJson);
        var options = document.RootElement;
        var provisioning = new Volume.Types.Source.Types.CSIVolume.Types.StaticProvisioning
        {
            VolumeId = external.Name ?? "",
            VolumeCapability = options.TryGetProperty("capability", out var capability) ? Read(capability) : Default(),
        };
        foreach (var (key, value) in Map(options, "volumeContext"))
        {
            provisioning.VolumeContext[key] = value;
        }

        foreach (var (key, value) in Map(options, "nodeStageSecret"))
        {
            provisioning.NodeStageSecrets[key] = Variables.Reference(secrets.GetValueOrDefault(value, value));
        }

        foreach (var (key, value) in Map(options, "nodePublishSecret"))
        {
            provisioning.NodePublishSecrets[key] = Variables.Reference(secrets.GetValueOrDefault(value, value));
        }

        return new()
        {
            Type = SourceType.CsiVolume,
            CsiVolume = new() { PluginName = Text(options, "pluginName") ?? "", StaticProvisioning = provisioning },
        };
    }

    private static Capability Default() => new() { Mount = new(), AccessMode = new() { Mode = AccessMode.SingleNodeWriter } };

    private static Capability Read(JsonElement capability)
    {
        var result = new Capability { AccessMode = new() { Mode = Mode(Text(capability, "accessMode")) } };
        if (Text(capability, "accessType") == "block")
        {
            result.Block = new();
            return result;
        }

        result.Mount = new();
        if (Text(capability, "fsType") is { } type)
        {
            result.Mount.FsType = type;
        }

        if (capability.TryGetProperty("mountFlags", out var flags) && flags.ValueKind == JsonValueKind.Array)
        {
            result.Mount.MountFlags.AddRange(flags.EnumerateArray().Select(flag => flag.ToString()));
        }

        return result;
    }

    private static AccessMode Mode(string? text) => text switch
    {
        "SINGLE_NODE_WRITER" => AccessMode.SingleNodeWriter,
        "SINGLE_NODE_READER_ONLY" => AccessMode.SingleNodeReaderOnly,
        "MULTI_NODE_READER_ONLY" => AccessMode.MultiNodeReaderOnly,
        "MULTI_NODE_SINGLE_WRITER" => AccessMode.MultiNodeSingleWriter,
        "MULTI_NODE_MULTI_WRITER" => AccessMode.MultiNodeMultiWriter,
        _ => AccessMode.Unknown,
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<(string Key, string Value)> Map(JsonElement element, string name) =>
        element.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject().Select(entry => (entry.Name, Value(entry.Value))) : [];

    // A secret is named by {"secret": name}; a context value is text.
    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("secret", out var secret) ? secret.ToString() : value.ToString();
}
