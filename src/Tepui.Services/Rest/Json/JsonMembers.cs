using System.Text.Json;

namespace Tepui.Services.Rest.Json;

/// <summary>Members that are written only when they have a value.</summary>
internal static class JsonMembers
{
    /// <summary>Writes a text unless it is missing.</summary>
    public static void WriteIfSet(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Writes a number unless it is missing.</summary>
    public static void WriteIfSet(this Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>Writes a list of texts, also an empty one.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
