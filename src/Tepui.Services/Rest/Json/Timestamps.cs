using System.Globalization;
using System.Text.Json;

namespace Tepui.Services.Rest.Json;

/// <summary>Times and versions as clients read them: UTC with milliseconds, as in <c>2031-02-03T04:05:06.789Z</c>.</summary>
internal static class Timestamps
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>As text.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a time, with or without fractions of a second.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time) && text.Contains('T', StringComparison.Ordinal);

    /// <summary>Writes a member.</summary>
    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        json.WritePropertyName(name);
        json.WriteTimeValue(time);
    }

    /// <summary>Writes a member, unless there is no time.</summary>
    public static void WriteTimeIfSet(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } set)
        {
            json.WriteTime(name, set);
        }
    }

    /// <summary>Writes a value.</summary>
    public static void WriteTimeValue(this Utf8JsonWriter json, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[24];
        time.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }
}
