using System.Text.Json;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Rest.Json;

/// <summary>Persistent volumes of an instance.</summary>
internal static class VolumeJson
{
    /// <summary>Writes <c>localVolumes</c> as a member of the open object.</summary>
    public static void Write(Utf8JsonWriter json, Instance instance)
    {
        json.WriteStartArray("localVolumes"u8);
        foreach (var volume in instance.Volumes)
        {
            // Spec, path and a unique part, joined by a character that none of them holds.
            var parts = volume.Split('#');
            json.WriteStartObject();
            json.WriteString("runSpecId"u8, instance.Spec.Value);
            json.WriteString("containerPath"u8, parts.Length > 1 ? parts[1] : "");
            json.WriteString("uuid"u8, parts[^1]);
            json.WriteString("persistenceId"u8, volume);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
