using System.Text.Json;
using Tepui.Services.Core.Health;

namespace Tepui.Services.Rest.Json;

/// <summary>Results of readiness checks.</summary>
internal static class ReadinessJson
{
    /// <summary>Writes results as items of the open list.</summary>
    public static void WriteAll(Utf8JsonWriter json, IEnumerable<ReadinessResult> results)
    {
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, result.Name);
            json.WriteString("taskId"u8, result.TaskId);
            json.WriteBoolean("ready"u8, result.Ready);
            if (result.Status is { } status)
            {
                json.WriteStartObject("lastResponse"u8);
                json.WriteNumber("status"u8, status);
                json.WriteString("contentType"u8, result.ContentType ?? "");
                json.WriteString("body"u8, result.Body ?? "");
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }
}
