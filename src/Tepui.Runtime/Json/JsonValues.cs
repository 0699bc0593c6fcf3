using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tepui.Runtime.Json;

/// <summary>Numbers, times and labels as clients of the v0 routes expect them.</summary>
public static class JsonValues
{
    /// <summary>Writers of documents nest correctly by construction; text is escaped only where JSON demands it.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes a double as the shortest text that reads back the same, always with a point: <c>5.0</c>.</summary>
    public static void Number(Utf8JsonWriter json, double value)
    {
        Span<byte> text = stackalloc byte[40];
        json.WriteRawValue(text[..Format(value, text)], skipInputValidation: true);
    }

    /// <summary>Writes a member with a double.</summary>
    public static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    /// <summary>Writes a member with a time, in seconds since 1970.</summary>
    public static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset value) => Number(json, name, Seconds(value));

    /// <summary>Seconds since 1970.</summary>
    public static double Seconds(DateTimeOffset value) => (value - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;

    /// <summary>Nanoseconds since 1970.</summary>
    public static long Nanoseconds(DateTimeOffset value) => (value - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>Writes labels as an array of key and value.</summary>
    public static void Labels(Utf8JsonWriter json, ReadOnlySpan<byte> name, Protocol.V1.Labels labels)
    {
        json.WriteStartArray(name);
        foreach (var label in labels.Labels_)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, label.Key);
            if (label.HasValue)
            {
                json.WriteString("value"u8, label.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the bytes of a value that was serialised before.</summary>
    public static void Raw(Utf8JsonWriter json, ReadOnlySpan<byte> value) => json.WriteRawValue(value, skipInputValidation: true);

    private static int Format(double value, Span<byte> text)
    {
        if (double.IsInfinity(value))
        {
            // Clients of this API know the bare word.
            var word = value > 0 ? "Infinity"u8 : "-Infinity"u8;
            word.CopyTo(text);
            return word.Length;
        }

        if (double.IsNaN(value))
        {
            "0.0"u8.CopyTo(text);
            return 3;
        }

        Utf8Formatter.TryFormat(value, text, out var length, new StandardFormat('R'));
        if (text[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        return length;
    }
}
