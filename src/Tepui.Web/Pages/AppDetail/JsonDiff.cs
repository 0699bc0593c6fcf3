using System.Text.Json;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>A place where two documents differ.</summary>
/// <param name="Path">Where, as in <c>env.LEVEL</c>.</param>
/// <param name="From">The value before; null when it was not there.</param>
/// <param name="To">The value after; null when it is not there any more.</param>
public sealed record JsonChange(string Path, string? From, string? To);

/// <summary>Compares documents.</summary>
public static class JsonDiff
{
    /// <summary>All differences, in the order of the first document, then of what the second adds.</summary>
    public static IReadOnlyList<JsonChange> Compare(JsonElement from, JsonElement to)
    {
        var before = Flatten(from);
        var after = Flatten(to);
        var names = before.Keys.Concat(after.Keys.Where(name => !before.ContainsKey(name)));
        return
        [
            .. names.Select(name => new JsonChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
                .Where(change => change.From != change.To),
        ];
    }

    private static Dictionary<string, string> Flatten(JsonElement element)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Flatten(element, "", leaves);
        return leaves;
    }

    private static void Flatten(JsonElement element, string path, Dictionary<string, string> leaves)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                foreach (var member in element.EnumerateObject())
                {
                    Flatten(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", leaves);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Flatten(item, $"{path}[{index++}]", leaves);
                }

                break;
            case JsonValueKind.Undefined:
                break;
            default:
                leaves[path] = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
                break;
        }
    }
}
