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
        json.WriteEndArray();
    }
}
