using System.Text.Json;
using Tepui.Jobs.Core.Explaining;
using Tepui.Runtime.Http;

namespace Tepui.Jobs.Rest.Json;

/// <summary>Why a job waits, as clients read it.</summary>
internal static class ExplainJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("job"u8, explanation.Job.Value);
        json.WriteString("state"u8, explanation.State);
        json.WriteStartArray("reasons"u8);
        foreach (var reason in explanation.Reasons)
        {
            json.WriteStringValue(reason);
        }

        json.WriteEndArray();
        if (explanation.NearestMiss is { } miss)
        {
            Write(json, miss);
        }
        else
        {
            json.WriteNull("nearestMiss"u8);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NearestMiss miss)
    {
        json.WriteStartObject("nearestMiss"u8);
        json.WriteString("agent"u8, miss.Agent.Value);
        json.WriteString("hostname"u8, miss.Hostname);
        json.WriteTextOrNull("constraint"u8, miss.Constraint);
        json.WriteStartArray("missing"u8);
        foreach (var shortage in miss.Missing)
        {
            json.WriteStartObject();
            json.WriteString("resource"u8, shortage.Resource);
            json.WriteDouble("wanted", shortage.Wanted / 1000.0);
            json.WriteDouble("offered", shortage.Offered / 1000.0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
