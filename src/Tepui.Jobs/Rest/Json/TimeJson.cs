using System.Globalization;
using System.Text.Json;

namespace Tepui.Jobs.Rest.Json;

/// <summary>Times as clients read them: UTC with milliseconds, as in <c>2031-02-03T04:05:06.789Z</c>.</summary>
internal static class TimeJson
{
    /// <summary>As text.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a member.</summary>
    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time) => json.WriteString(name, Text(time));

    /// <summary>Writes a member, unless there is no time.</summary>
    public static void WriteTimeIfSet(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } set)
        {
            json.WriteTime(name, set);
        }
    }

    /// <summary>Writes a member; null where there is no text.</summary>
    public static void WriteTextOrNull(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>A time with the offset of its zone, without fractions where there are none, as in <c>2031-05-01T06:30:00-06:00</c>.</summary>
    public static string InZone(DateTimeOffset time)
    {
        var fraction = time.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : ".fff";
        return time.ToString($"yyyy-MM-dd'T'HH:mm:ss{fraction}{(time.Offset == TimeSpan.Zero ? "'Z'" : "zzz")}", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a member, unless there is no text.</summary>
    public static void WriteIfSet(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }
}
