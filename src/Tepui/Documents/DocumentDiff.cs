using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Documents;

/// <summary>What differs between two documents, field by field; the order of fields does not count.</summary>
internal static class DocumentDiff
{
    /// <summary>All differences, in the order of the paths.</summary>
    public static IReadOnlyList<FieldChange> Between(JsonNode? from, JsonNode? to)
    {
        var changes = new List<FieldChange>();
        Compare("", from, to, isSubset: false, changes);
        return changes;
    }

    /// <summary>What a document says otherwise than <paramref name="present"/>; what it leaves out does not count.</summary>
    public static IReadOnlyList<FieldChange> Stated(JsonNode? present, JsonNode? document)
    {
        var changes = new List<FieldChange>();
        Compare("", present, document, isSubset: true, changes);
        return changes;
    }

    private static void Compare(string path, JsonNode? from, JsonNode? to, bool isSubset, List<FieldChange> changes)
    {
        switch (from, to)
        {
            case (JsonObject before, JsonObject after):
                foreach (var name in before.Select(field => field.Key).Union(after.Select(field => field.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
                {
                    if (isSubset && !after.ContainsKey(name))
                    {
                        continue;
                    }

                    Compare($"{path}/{name}", before[name], after[name], isSubset, changes);
                }

                break;
            case (JsonArray before, JsonArray after) when HoldsObjects(before) && HoldsObjects(after):
                for (var index = 0; index < Math.Max(before.Count, after.Count); index++)
                {
                    Compare(
                        $"{path}({index})", index < before.Count ? before[index] : null, index < after.Count ? after[index] : null, isSubset, changes);
                }

                break;
            default:
                if (!AreEqual(from, to))
                {
                    changes.Add(new(path.Length == 0 ? "/" : path, from, to));
                }

                break;
        }
    }

    private static bool HoldsObjects(JsonArray list) => list.All(item => item is JsonObject);

    private static bool AreEqual(JsonNode? left, JsonNode? right) =>
        JsonNode.DeepEquals(left, right) || (Number(left) is { } a && Number(right) is { } b && a.Equals(b));

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
