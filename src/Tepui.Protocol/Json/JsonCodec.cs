using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Tepui.Protocol.Json;

/// <summary>
/// Messages as JSON and back, as clients of the v1 API expect: field names as in the .proto files, 64-bit integers as
/// numbers, doubles with a point, bytes in base64, enums by name, defaults written, unknown members ignored.
/// </summary>
public static class JsonCodec
{
    private const int KeptBuffer = 64 * 1024;
    private const int MaxQuoted = 256;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    /// <summary>Writes <paramref name="message"/> to <paramref name="output"/>.</summary>
    /// <param name="message">What to write.</param>
    /// <param name="output">Where to; advanced, never flushed.</param>
    /// <param name="options">Lists to write even when empty; null for none.</param>
    public static void Write(IMessage message, IBufferWriter<byte> output, JsonWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        var sink = new JsonSink(output, options);
        MessagePlan.Of(message.Descriptor).Write(ref sink, message);
        sink.Complete();
    }

    /// <summary>Writes <paramref name="message"/> as one value of a document that <paramref name="writer"/> builds.</summary>
    public static void Write(Utf8JsonWriter writer, IMessage message, JsonWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var buffer = TakeBuffer();
        Write(message, buffer, options);

        // Unchecked, because a bare Infinity would not pass for JSON.
        writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
        GiveBack(buffer);
    }

    /// <summary>The JSON text of <paramref name="message"/> in UTF-8.</summary>
    public static byte[] ToBytes(IMessage message, JsonWriteOptions? options = null)
    {
        var buffer = TakeBuffer();
        Write(message, buffer, options);
        var bytes = buffer.WrittenSpan.ToArray();
        GiveBack(buffer);
        return bytes;
    }

    /// <summary>The JSON text of <paramref name="message"/>.</summary>
    public static string ToText(IMessage message, JsonWriteOptions? options = null) => Encoding.UTF8.GetString(ToBytes(message, options));

    /// <summary>Reads a message.</summary>
    /// <param name="utf8">JSON text in UTF-8, nothing behind it but white space.</param>
    /// <param name="message">The message with all its required fields, or null.</param>
    /// <param name="problem">Why there is none, or null.</param>
    public static bool TryParse<T>(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? message, [NotNullWhen(false)] out JsonProblem? problem)
        where T : class, IMessage<T>, new()
    {
        var parsed = new T();
        problem = Read(utf8, parsed);
        message = problem is null ? parsed : null;
        return problem is null;
    }

    private static JsonProblem? Read(ReadOnlySpan<byte> utf8, IMessage message)
    {
        var scanner = new JsonScanner(utf8);
        if (scanner.Peek() != '{')
        {
            return Syntax(utf8) ?? new JsonProblem(JsonProblemKind.Conversion, "Expecting a JSON object");
        }

        if (!MessagePlan.Of(message.Descriptor).Read(ref scanner, message))
        {
            // A text that is not JSON at all is told so, whatever else is wrong with it.
            return scanner.Refusal is { } refusal
                ? Syntax(utf8) ?? new JsonProblem(JsonProblemKind.Conversion, refusal)
                : SyntaxError(utf8, scanner);
        }

        if (Trailing(ref scanner) is { } trailing)
        {
            return trailing;
        }

        // An object that lacked a field may have been displaced by a later one: only what stands counts.
        var missing = scanner.Incomplete ? RequiredFields.Missing(message) : "";
        return missing.Length == 0 ? null : new JsonProblem(JsonProblemKind.Conversion, $"Missing required fields: {missing}");
    }

    private static JsonProblem? Syntax(ReadOnlySpan<byte> utf8)
    {
        var scanner = new JsonScanner(utf8);
        return scanner.Skip() ? Trailing(ref scanner) : SyntaxError(utf8, scanner);
    }

    private static JsonProblem? Trailing(ref JsonScanner scanner)
    {
        scanner.Peek();
        return scanner.AtEnd
            ? null
            : new JsonProblem(JsonProblemKind.Syntax, $"Parsed JSON included non-whitespace trailing characters: {Quote(scanner.Rest)}");
    }

    private static JsonProblem SyntaxError(ReadOnlySpan<byte> utf8, JsonScanner scanner)
    {
        var line = utf8[..scanner.Position].Count((byte)'\n') + 1;
        if (scanner.TooDeep)
        {
            return new JsonProblem(JsonProblemKind.Syntax, $"nested deeper than {JsonScanner.MaxDepth} levels at line {line}");
        }

        var rest = scanner.Rest;
        var end = rest.IndexOf((byte)'\n');
        return new JsonProblem(JsonProblemKind.Syntax, $"syntax error at line {line} near: {Quote(end < 0 ? rest : rest[..end])}");
    }

    // The start of the offending text, without control characters.
    private static string Quote(ReadOnlySpan<byte> text)
    {
        var quoted = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxQuoted)]);
        return string.Concat(quoted.Where(c => c >= ' '));
    }

    private static ArrayBufferWriter<byte> TakeBuffer()
    {
        var buffer = s_buffer ?? new ArrayBufferWriter<byte>(1024);
        s_buffer = null;
        return buffer;
    }

    private static void GiveBack(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= KeptBuffer)
        {
            buffer.ResetWrittenCount();
            s_buffer = buffer;
        }
    }
}
