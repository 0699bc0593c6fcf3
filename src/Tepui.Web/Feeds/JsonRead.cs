using System.Globalization;
using System.Text.Json;

namespace Tepui.Web.Feeds;

/// <summary>Reads JSON of others without trusting its shape: what is absent or of another kind counts as not given.</summary>
internal static class JsonRead
{
    /// <summary>A member, whatever its kind; null when absent.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A member that is an object.</summary>
    public static JsonElement? Object(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    /// <summary>The items of a member that is a list; none when it is not.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>The members of a member that is an object; none when it is not.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.Object(name) is { } found ? found.EnumerateObject() : [];

    /// <summary>A text; numbers and truth values as they are written.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { } found ? found.Text() : null;

    /// <summary>The value as text: texts without quotes, everything else as JSON.</summary>
    public static string Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    /// <summary>A number; <paramref name="otherwise"/> when there is none.</summary>
    public static double Number(this JsonElement element, string name, double otherwise = 0) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } found ? found.GetDouble() : otherwise;

    /// <summary>A whole number; <paramref name="otherwise"/> when there is none.</summary>
    public static int Int(this JsonElement element, string name, int otherwise = 0) =>
        element.Number(name, otherwise) is var number and > int.MinValue and < int.MaxValue ? (int)number : otherwise;

    /// <summary>Whether a member is true.</summary>
    public static bool Flag(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A moment in ISO 8601.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, string name) => Moment(element.Text(name));

    /// <summary>A moment in ISO 8601; null when the text is none.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
