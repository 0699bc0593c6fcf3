using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.Edit;

/// <summary>Values of fields as text, and back.</summary>
internal static class FieldText
{
    /// <summary>What an unticked box sends, since browsers send nothing for it.</summary>
    public const string On = "true";

    /// <summary>A value of JSON as it is typed.</summary>
    public static string Show(FieldKind kind, JsonNode? node) => (kind, node) switch
    {
        (_, null) => "",
        (FieldKind.Lines, JsonArray items) => string.Join('\n', items.Select(item => item is JsonObject fetched ? Plain(fetched["uri"]) : Plain(item))),
        (FieldKind.Constraints, JsonArray items) => string.Join('\n', items.OfType<JsonArray>().Select(parts => string.Join(' ', parts.Select(Plain)))),
        _ => Plain(node),
    };

    /// <summary>What was typed as a value of JSON: null for nothing.</summary>
    /// <param name="kind">The kind of field.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="node">The value.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Parse(FieldKind kind, string text, out JsonNode? node)
    {
        text = kind == FieldKind.LongText ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text.Trim();
        node = null;
        switch (kind)
        {
            case FieldKind.Flag:
                node = text == On ? JsonValue.Create(true) : null;
                return null;
            case var _ when text.Length == 0:
                return null;
            case FieldKind.Whole:
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                {
                    return $"'{text}' is not a whole number.";
                }

                node = whole;
                return null;
            case FieldKind.Number:
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                {
                    return $"'{text}' is not a number.";
                }

                node = number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (long)number : number;
                return null;
            case FieldKind.Lines:
                node = new JsonArray([.. Lines(text).Select(line => (JsonNode)line)]);
                return null;
            case FieldKind.Constraints:
                node = new JsonArray([.. Lines(text).Select(line => new JsonArray([.. line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => (JsonNode)part)]))]);
                return null;
            default:
                node = text;
                return null;
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Plain(JsonNode? node) =>
        node is null ? "" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
}
