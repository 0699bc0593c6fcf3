using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>The part of an app's answer that is its configuration.</summary>
public static class AppDocument
{
    private static readonly string[] NotConfiguration =
    [
        "tasks", "tasksStaged", "tasksRunning", "tasksHealthy", "tasksUnhealthy", "deployments", "lastTaskFailure", "readinessCheckResults", "tasksStats", "taskStats",
        "version", "versionInfo", "autoscalingStatus", "crashLoop", "killBudget", "uris", "ports",
    ];

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The configuration alone, as it would be sent to change it.</summary>
    public static JsonObject Configuration(JsonElement app)
    {
        var result = new JsonObject();
        foreach (var member in app.EnumerateObject().Where(member => !NotConfiguration.Contains(member.Name)))
        {
            result[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return result;
    }

    /// <summary>A document for reading and editing: indented, with letters as they are.</summary>
    public static string Pretty(JsonNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
