using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What external volumes of an app may be, by provider.</summary>
internal static class ExternalVolumeRules
{
    private const string Driver = "dvdi/driver";

    // What storage systems take has three or four levels.
    private const int DeepestOptions = 16;

    private static readonly string[] AccessModes =
        ["SINGLE_NODE_WRITER", "SINGLE_NODE_READER_ONLY", "MULTI_NODE_READER_ONLY", "MULTI_NODE_SINGLE_WRITER", "MULTI_NODE_MULTI_WRITER"];

    public static void Check(AppVolume volume, ExternalVolume external, bool isDocker, string path, Problems problems)
    {
        problems.Require(!string.IsNullOrEmpty(external.Name), $"{path}/external/name", "is required");
        problems.Require(external.Provider is "dvdi" or "csi", $"{path}/external/provider", external.Provider.Length == 0 ? "is required: dvdi or csi" : $"'{external.Provider}' is not a provider; allowed are dvdi and csi");
        var options = JsonNode.Parse(external.OptionsJson)!.AsObject();
        problems.Require(Json.Depth(options) <= DeepestOptions, $"{path}/external/options", $"are nested more than {DeepestOptions} levels deep");
        if (external.Provider == "dvdi")
        {
            Dvdi(volume, external, options, isDocker, path, problems);
        }
        else if (external.Provider == "csi")
        {
            Csi(volume, options, path, problems);
        }
    }

    /// <summary>Rules on all external volumes of an app together.</summary>
    public static void CheckTogether(AppSpec app, Problems problems)
    {
        var volumes = app.Container!.Volumes.Where(volume => volume.External is not null).ToArray();
        foreach (var name in NetworkRules.Duplicates(volumes.Select(volume => volume.External!.Name)))
        {
            problems.Add("/container/volumes", $"the external volume '{name}' is used more than once");
        }

        if (app.Instances <= 1)
        {
            return;
        }

        problems.Require(volumes.All(volume => volume.External!.Provider != "dvdi"), "/", $"an app with a dvdi volume has at most 1 instance, not {app.Instances}");
        var csi = volumes.Where(volume => volume.External!.Provider == "csi").ToArray();
        if (csi.Length > 0)
        {
            var modes = csi.Select(volume => AccessMode(JsonNode.Parse(volume.External!.OptionsJson)!.AsObject())).ToArray();
            problems.Require(modes.All(mode => mode?.StartsWith("MULTI_NODE_", StringComparison.Ordinal) is true), "/", $"an app with a csi volume for a single host has at most 1 instance, not {app.Instances}");
            problems.Require(!modes.All(mode => mode == "MULTI_NODE_SINGLE_WRITER") || csi.Any(volume => volume.ReadOnly), "/", $"an app whose csi volumes all have a single writer has at most 1 instance, not {app.Instances}");
        }
    }

    private static void Dvdi(AppVolume volume, ExternalVolume external, JsonObject options, bool isDocker, string path, Problems problems)
    {
        problems.Require(volume.ContainerPath is not ("." or ".."), $"{path}/containerPath", "must not be '.' or '..'");
        var driver = options[Driver];
        problems.Require(driver?.GetValueKind() is JsonValueKind.String && driver.GetValue<string>().Length > 0, $"{path}/external/options(\"{Driver}\")", "is required: the name of a volume driver");
        foreach (var (key, value) in options)
        {
            problems.Require(Patterns.VolumeOption.IsMatch(key), $"{path}/external/options/\"{key}\"", "is not an option: options are label/name");
            problems.Require(value?.GetValueKind() is JsonValueKind.String, $"{path}/external/options/\"{key}\"", "must be a text");
        }

        if (isDocker)
        {
            problems.Require(external.SizeGb is null, $"{path}/external/size", "cannot be given with the engine DOCKER");
            problems.Require(options.All(option => option.Key == Driver), $"{path}/external/options", $"with the engine DOCKER only {Driver} can be given");
        }
        else
        {
            problems.Require(!volume.ReadOnly, $"{path}/mode", "a dvdi volume must be RW with the engine MESOS");
        }
    }

    private static void Csi(AppVolume volume, JsonObject options, string path, Problems problems)
    {
        problems.Require(options["pluginName"]?.GetValueKind() is JsonValueKind.String, $"{path}/external/options/pluginName", "is required: the name of a CSI plugin");
        var capability = options["capability"] as JsonObject;
        var accessType = capability?["accessType"]?.GetValueKind() is JsonValueKind.String ? capability.Text("accessType") : null;
        problems.Require(accessType is "mount" or "block", $"{path}/external/options/capability/accessType", $"'{accessType}' is not an access type; allowed are mount and block");
        var mode = AccessMode(options);
        problems.Require(mode is not null && AccessModes.Contains(mode, StringComparer.Ordinal), $"{path}/external/options/capability/accessMode", $"'{mode}' is not an access mode; allowed are {string.Join(", ", AccessModes)}");
        var isReadOnly = mode?.EndsWith("READER_ONLY", StringComparison.Ordinal) is true;
        problems.Require(!isReadOnly || volume.ReadOnly, $"{path}/mode", $"must be RO with the access mode {mode}");
    }

    private static string? AccessMode(JsonObject options) =>
        options["capability"] is JsonObject capability && capability["accessMode"]?.GetValueKind() is JsonValueKind.String ? capability.Text("accessMode") : null;
}
