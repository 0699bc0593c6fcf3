using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol.Json;

namespace Tepui.Master.Http.V0;

/// <summary>JSON arrays of messages, which some v0 calls take.</summary>
internal static class JsonArrayBody
{
    /// <summary>Reads all items.</summary>
    /// <returns>The items, or why there are none.</returns>
    public static (List<T> Items, string? Problem) Parse<T>(string text)
        where T : class, IMessage<T>, new()
    {
        var items = new List<T>();
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return (items, "Expecting a JSON array");
            }

            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (!JsonCodec.TryParse<T>(Encoding.UTF8.GetBytes(element.GetRawText()), out var item, out var problem))
                {
                    return (items, problem.Text);
                }

                items.Add(item);
            }

            return (items, null);
        }
        catch (JsonException e)
        {
            return (items, SyntaxError(text, e));
        }
    }

    private static string SyntaxError(string text, JsonException e)
    {
        var line = (int)(e.LineNumber ?? 0);
        var found = Encoding.UTF8.GetBytes(text.Split('\n').ElementAtOrDefault(line) ?? "");
        var rest = found.AsSpan((int)Math.Min(e.BytePositionInLine ?? 0, found.Length));
        return $"syntax error at line {line + 1} near: {Encoding.UTF8.GetString(rest[..Math.Min(rest.Length, 256)])}";
    }
}
