using System.Text.Json;
using Tepui.Protocol.V1;

namespace Tepui.Runtime.Json;

/// <summary>Tasks as the v0 routes show them.</summary>
public static class TaskJson
{
    /// <summary>Writes one task as the next value.</summary>
    public static void Write(Utf8JsonWriter json, Protocol.V1.Task task)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, task.TaskId.Value);
        json.WriteString("name"u8, task.Name);
        json.WriteString("framework_id"u8, task.FrameworkId.Value);
        json.WriteString("executor_id"u8, task.ExecutorId?.Value ?? "");
        json.WriteString("slave_id"u8, task.AgentId.Value);
        json.WriteString("state"u8, EnumName.Of(task.State));
        ResourcesJson.Write(json, "resources"u8, task.Resources);
        if (task.Limits.Count > 0)
        {
            json.WriteStartObject("limits"u8);
            foreach (var (name, limit) in task.Limits.OrderBy(limit => limit.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                JsonValues.Number(json, limit.Value);
            }

            json.WriteEndObject();
        }

        json.WriteString("role"u8, Role(task.Resources));
        json.WriteStartArray("statuses"u8);
        foreach (var status in task.Statuses)
        {
            StatusJson.Write(json, status);
        }

        json.WriteEndArray();
        if (task.HasUser)
        {
            json.WriteString("user"u8, task.User);
        }

        if (task.Labels is { } labels)
        {
            JsonValues.Labels(json, "labels"u8, labels);
        }

        MessageText.Member(json, "discovery"u8, task.Discovery);
        MessageText.Member(json, "container"u8, task.Container);
        MessageText.Member(json, "health_check"u8, task.HealthCheck);
        json.WriteEndObject();
    }

    /// <summary>The role resources were allocated to, <c>*</c> when there is none.</summary>
    public static string Role(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            if (resource.AllocationInfo is { HasRole: true } allocation)
            {
                return allocation.Role;
            }
        }

        return "*";
    }
}
