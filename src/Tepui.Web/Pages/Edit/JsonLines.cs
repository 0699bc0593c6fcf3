using System.Text;
using System.Text.Json;

namespace Tepui.Web.Pages.Edit;

/// <summary>Finds the line of a complaint in a document as it was typed.</summary>
public static class JsonLines
{
    /// <summary>The line, from 1, of what lies at a path such as <c>/healthChecks(0)/portIndex</c>, or of the nearest thing around it.</summary>
    public static int Find(string json, string path)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(path);
        var places = Places(Encoding.UTF8.GetBytes(json));
        while (path.Length > 0)
        {
            if (places.TryGetValue(path, out var line))
            {
                return line;
            }

            path = path[..Math.Max(0, path.LastIndexOfAny(['/', '(']))];
        }

        return 1;
    }

    private static Dictionary<string, int> Places(byte[] json)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var around = new Stack<(string Path, int Index)>();
        var name = "";
        var (line, counted) = (1, 0L);
        while (reader.Read())
        {
            line += json.AsSpan((int)counted..(int)reader.TokenStartIndex).Count((byte)'\n');
            counted = reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                around.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                continue;
            }

            var path = "";
            if (around.TryPop(out var outer))
            {
                path = outer.Index < 0 ? $"{outer.Path}/{name}" : $"{outer.Path}({outer.Index})";
                around.Push(outer.Index < 0 ? outer : (outer.Path, outer.Index + 1));
            }

            places.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                around.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return places;
    }
}
