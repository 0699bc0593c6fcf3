using System.Text.Json;

namespace Tepui.Master.Tests.Support;

/// <summary>The members a document has at every level, and of which type: array items are taken together, names that are data are replaced.</summary>
internal static class JsonShape
{
    /// <summary>Paths with types, as in <c>slaves[].port: integer</c>.</summary>
    public static SortedSet<string> Of(JsonElement element, Func<string, bool>? isMap = null)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        Collect(element, "", paths, isMap ?? (_ => false));
        return paths;
    }

    private static void Collect(JsonElement element, string path, SortedSet<string> paths, Func<string, bool> isMap)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                paths.Add($"{path}: object");
                foreach (var member in element.EnumerateObject())
                {
                    Collect(member.Value, $"{path}.{(isMap(path) ? "*" : member.Name)}", paths, isMap);
                }

                break;
            case JsonValueKind.Array:
                paths.Add($"{path}: array");
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, path + "[]", paths, isMap);
                }

                break;
            case JsonValueKind.Number:
                paths.Add($"{path}: {(element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? "integer" : "double")}");
                break;
            default:
                paths.Add($"{path}: {(element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "bool" : element.ValueKind.ToString().ToLowerInvariant())}");
                break;
        }
    }

    /// <summary>Fails with the differences between two shapes, apart from those that are meant.</summary>
    /// <param name="expected">Recorded.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="meant">Starts of paths that may differ; each has a reason at the place of the call.</param>
    public static void AssertSame(SortedSet<string> expected, SortedSet<string> actual, params string[] meant)
    {
        var missing = expected.Except(actual, StringComparer.Ordinal).Where(NotMeant).Select(path => "missing " + path);
        var added = actual.Except(expected, StringComparer.Ordinal).Where(NotMeant).Select(path => "added " + path);
        var differences = missing.Concat(added).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));

        bool NotMeant(string path) => !meant.Any(start => path.StartsWith(start, StringComparison.Ordinal));
    }
}
