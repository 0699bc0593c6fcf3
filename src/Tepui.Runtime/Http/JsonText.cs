using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tepui.Runtime.Http;

/// <summary>Small JSON documents by hand, with doubles always written with a point (<c>5.0</c>), as clients of the API expect.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a document with a writer that escapes no more than JSON asks for.</summary>
    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using var writer = new Utf8JsonWriter(output, s_options);
        write(writer);
    }

    /// <summary>Writes an object of numbers.</summary>
    public static void WriteNumbers(IBufferWriter<byte> output, IEnumerable<KeyValuePair<string, double>> numbers) => Write(output, json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in numbers)
        {
            json.WriteDouble(name, value);
        }

        json.WriteEndObject();
    });

    /// <summary>Writes a double with a point or exponent.</summary>
    public static void WriteDouble(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteDoubleValue(value);
    }

    /// <summary>Writes a double with a point or exponent; what is not finite becomes 0, for JSON has no word for it.</summary>
    public static void WriteDoubleValue(this Utf8JsonWriter json, double value)
    {
        Span<char> text = stackalloc char[32];
        var finite = double.IsFinite(value) ? value : 0;
        finite.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny('.', 'E') < 0)
        {
            ".0".CopyTo(text[length..]);
            length += 2;
        }

        Span<byte> bytes = stackalloc byte[32];
        json.WriteRawValue(bytes[..Encoding.ASCII.GetBytes(text[..length], bytes)], skipInputValidation: true);
    }
}
