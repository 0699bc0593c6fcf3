using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.Edit;

/// <summary>Reads a document as it was typed, and finds the line of a complaint in it.</summary>
public static class JsonLines
{
    /// <summary>Reads an object; null when it is none, with what is wrong.</summary>
    public static JsonObject? Parse(string text, out string? problem)
    {
        try
        {
            problem = null;
            if (JsonNode.Parse(text) is JsonObject document)
            {
                // Members are read at need only; one given twice is found now.
                _ = document.Count;
                return document;
            }

            problem = "It must be a JSON object, in braces.";
        }
        catch (JsonException e)
        {
            problem = $"Line {e.LineNumber + 1}: it is not JSON. {e.Message.Split(" LineNumber", 2)[0]}";
        }
        catch (ArgumentException e)
        {
            problem = $"A member is given twice. {e.Message}";
        }

        return null;
    }

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
