using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Documents;

/// <summary>Prints changed fields as a table, and as JSON.</summary>
internal static class ChangeTable
{
    private const int WidthMax = 60;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints for people.</summary>
    public static void Write(TextWriter output, IEnumerable<FieldChange> changes, string from, string to)
    {
        var table = new Table("FIELD", from, to);
        foreach (var change in changes)
        {
            table.Add(change.Path, Cell(change.From), Cell(change.To));
        }

        table.WriteTo(output);
    }

    /// <summary>The changes as a document.</summary>
    public static JsonArray ToJson(IEnumerable<FieldChange> changes) =>
        [.. changes.Select(change => (JsonNode)new JsonObject { ["path"] = change.Path, ["from"] = change.From?.DeepClone(), ["to"] = change.To?.DeepClone() })];

    /// <summary>A value in one cell: as JSON, cut when it is long; <c>-</c> for nothing.</summary>
    public static string Cell(JsonNode? value)
    {
        if (value is null)
        {
            return "-";
        }

        var text = value.ToJsonString(Relaxed);
        return text.Length <= WidthMax ? text : $"{text.AsSpan(0, WidthMax - 1)}…";
    }
}
