using System.Text.Json;
using Tepui.Runtime.Json;

namespace Tepui.Agent.Http.State;

/// <summary><c>/containers</c> and <c>/monitor/statistics</c>: arrays of objects whose members are sorted by name.</summary>
internal static class ContainerDocuments
{
    /// <summary>Writes <c>/containers</c>.</summary>
    public static void WriteContainers(Utf8JsonWriter json, IEnumerable<ContainerRead> containers)
    {
        json.WriteStartArray();
        foreach (var container in containers)
        {
            json.WriteStartObject();
            json.WriteString("container_id"u8, container.Id.Value);
            WriteOwner(json, container);
            json.WritePropertyName("statistics"u8);
            SortedJson.Write(json, container.Statistics);
            json.WritePropertyName("status"u8);
            SortedJson.Write(json, container.Status);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes <c>/monitor/statistics</c>.</summary>
    public static void WriteStatistics(Utf8JsonWriter json, IEnumerable<ContainerRead> containers)
    {
        json.WriteStartArray();
        foreach (var container in containers)
        {
            json.WriteStartObject();
            WriteOwner(json, container);
            json.WritePropertyName("statistics"u8);
            SortedJson.Write(json, container.Statistics);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOwner(Utf8JsonWriter json, ContainerRead container)
    {
        var info = container.Executor.Info;
        json.WriteString("executor_id"u8, info.ExecutorId.Value);
        json.WriteString("executor_name"u8, info.Name);
        json.WriteString("framework_id"u8, info.FrameworkId?.Value ?? "");
#pragma warning disable CS0612 // Tools read it still.
        json.WriteString("source"u8, info.Source);
#pragma warning restore CS0612
    }
}
