using System.Text.Json;
using Tepui.Protocol.V1;

namespace Tepui.Runtime.Json;

/// <summary>Attributes of agents as the v0 routes show them.</summary>
public static class AttributesJson
{
    /// <summary>Writes a member <c>attributes</c>: scalars as numbers, all else as text.</summary>
    public static void Write(Utf8JsonWriter json, AgentInfo agent)
    {
        json.WriteStartObject("attributes"u8);
        foreach (var attribute in agent.Attributes)
        {
            json.WritePropertyName(attribute.Name);
            switch (attribute.Type)
            {
                case Value.Types.Type.Scalar:
                    JsonValues.Number(json, attribute.Scalar?.Value ?? 0);
                    break;
                case Value.Types.Type.Ranges:
                    json.WriteStringValue("[" + string.Join(", ", attribute.Ranges.Range.Select(range => $"{range.Begin}-{range.End}")) + "]");
                    break;
                case Value.Types.Type.Set:
                    json.WriteStringValue("{" + string.Join(", ", attribute.Set.Item) + "}");
                    break;
                default:
                    json.WriteStringValue(attribute.Text?.Value ?? "");
                    break;
            }
        }

        json.WriteEndObject();
    }
}
