using System.Text.Json;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Json;

/// <summary>What a change would do.</summary>
internal static class PlanJson
{
    /// <summary>Writes steps, changes and places as a value.</summary>
    public static void Write(Utf8JsonWriter json, CommandOutcome.Planned planned, IReadOnlyList<ForecastPlacement> placements)
    {
        json.WriteStartObject();
        DeploymentJson.WriteSteps(json, planned.Steps);
        json.WriteStartArray("changes"u8);
        foreach (var id in planned.Original.Groups.Keys.Union(planned.Target.Groups.Keys).Order())
        {
            WriteGroup(json, id, planned.Original.Group(id) is not null, planned.Target.Group(id) is not null);
        }

        foreach (var id in planned.Original.Specs.Keys.Union(planned.Target.Specs.Keys).Order())
        {
            WriteSpec(json, id, planned.Original.Spec(id), planned.Target.Spec(id));
        }

        json.WriteEndArray();
        WritePlacements(json, placements);
        json.WriteEndObject();
    }

    private static void WritePlacements(Utf8JsonWriter json, IReadOnlyList<ForecastPlacement> placements)
    {
        json.WriteStartArray("placements"u8);
        foreach (var placement in placements)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, placement.Id.Value);
            json.WriteStartArray("instances"u8);
            foreach (var host in placement.Places)
            {
                json.WriteStartObject();
                json.WriteString("agentId"u8, host.Agent.ToString());
                json.WriteString("host"u8, host.Hostname);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("unplaced"u8, placement.Unplaced);
            json.WriteString("reason"u8, placement.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGroup(Utf8JsonWriter json, PathId id, bool before, bool after)
    {
        if (before == after)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("id"u8, id.Value);
        json.WriteString("kind"u8, "group");
        json.WriteString("change"u8, after ? "create" : "remove");
        json.WriteStartArray("fields"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpec(Utf8JsonWriter json, PathId id, RunSpec? before, RunSpec? after)
    {
        var fields = SpecFields.Differences(before, after);
        if (before is not null && after is not null && fields.Count == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("id"u8, id.Value);
        json.WriteString("kind"u8, (after ?? before) is PodSpec ? "pod" : "app");
        json.WriteString("change"u8, Change(before, after, fields));
        json.WriteStartArray("fields"u8);
        foreach (var field in fields)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, field.Path);
            WriteValue(json, "from"u8, field.From);
            WriteValue(json, "to"u8, field.To);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Change(RunSpec? before, RunSpec? after, IReadOnlyList<FieldChange> fields) =>
        before is null ? "create"
        : after is null ? "remove"
        : fields.All(field => field.Path is "/instances" or "/scaling/instances") ? "scale"
        : "update";

    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }
    }
}
