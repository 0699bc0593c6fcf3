using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What volumes of an app may be.</summary>
internal static class VolumeRules
{
    /// <summary>Name of the feature that allows external volumes.</summary>
    public const string ExternalFeature = "external_volumes";

    public static void Check(AppSpec app, ServicesOptions options, Problems problems)
    {
        if (app.Container is not { } container)
        {
            return;
        }

        for (var index = 0; index < container.Volumes.Count; index++)
        {
            var volume = container.Volumes[index];
            var path = $"/container/volumes({index})";
            if (volume.Persistent is { } persistent)
            {
                PersistentPath(volume.ContainerPath, $"{path}/containerPath", problems);
                problems.Require(!volume.ReadOnly, $"{path}/mode", "a persistent volume must be RW");
                Persistent(persistent, $"{path}/persistent", problems);
            }
            else if (volume.External is { } external)
            {
                problems.Require(options.Features.Contains(ExternalFeature), path, "the feature external_volumes is not enabled");
                ExternalVolumeRules.Check(volume, external, container.IsDocker, path, problems);
            }
            else if (volume.Secret is { } secret)
            {
                problems.Require(options.Features.Contains(PartRules.SecretsFeature), path, "the feature secrets is not enabled");
                problems.Require(app.Secrets.ContainsKey(secret), $"{path}/secret", PartRules.Undefined(secret));
            }
        }
    }

    /// <summary>A persistent volume of an app or pod.</summary>
    public static void Persistent(PersistentVolume volume, string path, Problems problems)
    {
        problems.Require(volume.SizeMb > 0, $"{path}/size", $"{volume.SizeMb} MiB must be more than 0");
        if (volume.MaxSizeMb is { } max)
        {
            problems.Require(volume.Type == "mount", $"{path}/maxSize", $"goes with the type mount only, not {volume.Type}");
            problems.Require(max > volume.SizeMb, $"{path}/maxSize", $"{max} MiB must be more than size, {volume.SizeMb} MiB");
        }

        problems.Require(volume.Constraints.Count == 0 || volume.Type != "root", $"{path}/constraints", "are not possible on the type root");
    }

    /// <summary>Constraints of persistent volumes as the document has them.</summary>
    public static void Constraints(JsonArray? volumes, string path, Problems problems)
    {
        for (var index = 0; index < volumes?.Count; index++)
        {
            ConstraintRules.CheckDisk(((JsonObject)volumes[index]!).Object("persistent")?.List("constraints"), $"{path}({index})/persistent/constraints", problems);
        }
    }

    /// <summary>Where a persistent volume is mounted: a name in the sandbox.</summary>
    public static void PersistentPath(string containerPath, string path, Problems problems) => problems.Require(
        !containerPath.Contains('/', StringComparison.Ordinal) && containerPath is not ("." or ".."),
        path, $"'{containerPath}' must be a plain name in the sandbox: no '/', not '.' or '..'");
}
