using System.Text.Json;
using System.Text;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Opens what clients send: JSON whose texts can all be read.</summary>
internal static class DocumentText
{
    private const int ReasonMax = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Parses a document that is an object.</summary>
    /// <param name="body">JSON, UTF-8.</param>
    /// <param name="problems">Gets what keeps it from being read; its path is empty when the JSON itself is at fault.</param>
    /// <returns><see langword="null"/> if there is any problem.</returns>
    public static JsonDocument? Open(ReadOnlyMemory<byte> body, List<Problem> problems)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            problems.Add(new("", "the body is empty; a JSON object is needed"));
            return null;
        }

        if (Parse(body, problems) is not { } document)
        {
            return null;
        }

        if (document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(new("", $"the body is {KindOf(document.RootElement)}; it must be a JSON object"));
        }

        CheckTexts(document.RootElement, "", problems);
        if (problems.Count == 0)
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    /// <summary>What a value is, for people.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body, List<Problem> problems)
    {
        try
        {
            return JsonDocument.Parse(body, Options);
        }
        catch (JsonException e)
        {
            problems.Add(new("", Message(body.Span, e)));
            return null;
        }
        catch (InvalidOperationException)
        {
            problems.Add(new("", "has a member whose name is not valid Unicode"));
            return null;
        }
    }

    private static string Message(ReadOnlySpan<byte> body, JsonException e)
    {
        var tail = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = Short((tail < 0 ? e.Message : e.Message[..tail]).TrimEnd('.'));
        return e.LineNumber is { } line
            ? $"the JSON cannot be read at line {line + 1}, column {Column(body, line, e.BytePositionInLine ?? 0)}: {reason}"
            : $"the JSON cannot be read: {reason}";
    }

    // The parser quotes what it cannot read, up to the end; what it says of it comes last.
    private static string Short(string reason) => reason.Length <= ReasonMax ? reason : $"{Members.Cut(reason)}{reason[^(ReasonMax / 2)..]}";

    // The parser counts bytes from 0, people characters from 1.
    private static long Column(ReadOnlySpan<byte> body, long line, long bytes)
    {
        for (; line > 0 && body.IndexOf((byte)'\n') is var end and >= 0; line--)
        {
            body = body[(end + 1)..];
        }

        return 1 + Encoding.UTF8.GetCharCount(body[..(int)Math.Min(bytes, body.Length)]);
    }

    // Texts are decoded where they are used: what cannot be, or cannot be handed to a task, is found here.
    private static void CheckTexts(JsonElement value, string path, List<Problem> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (Read(() => member.Name) is not { } name)
                    {
                        problems.Add(new(path, "has a member whose name is not valid Unicode"));
                        continue;
                    }

                    CheckTexts(member.Value, path.Length == 0 ? name : $"{path}.{name}", problems);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    CheckTexts(item, $"{path}[{index++}]", problems);
                }

                break;
            case JsonValueKind.String when Read(value.GetString) is not { } text:
                problems.Add(new(path, "is not valid Unicode"));
                break;
            case JsonValueKind.String when Read(value.GetString)!.Contains('\0', StringComparison.Ordinal):
                problems.Add(new(path, "has a NUL character (\\u0000); texts must not"));
                break;
        }
    }

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
