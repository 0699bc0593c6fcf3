using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Rest;

/// <summary>Reads fields of answers; a field that is missing or of another type is simply not there.</summary>
internal static class Fields
{
    /// <summary>The field at a path of names, as in <c>At("container", "docker")</c>.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject fields && fields.TryGetPropertyValue(name, out var found) ? found : null;
        }

        return node;
    }

    /// <summary>A text field.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A number.</summary>
    public static double? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A count; 0 when it is not there.</summary>
    public static int Count(this JsonNode? node, params ReadOnlySpan<string> path) => (int)Math.Clamp(node.Number(path) ?? 0, int.MinValue, int.MaxValue);

    /// <summary>Whether a field says true.</summary>
    public static bool IsTrue(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>A time.</summary>
    public static DateTimeOffset? Time(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The items of a list; none when it is not there.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonNode>() : [];

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Items(path).OfType<JsonValue>().Where(value => value.GetValueKind() == JsonValueKind.String).Select(value => value.GetValue<string>());

    /// <summary>A number as people write it, as in <c>0.1</c>.</summary>
    public static string Plain(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
