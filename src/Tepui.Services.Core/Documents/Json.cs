using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Reads checked JSON: kinds are known to be right, only presence is open.</summary>
internal static class Json
{
    /// <summary>A copy without members that are null, which stand for absent ones.</summary>
    public static JsonNode? Copy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (name, value) in members)
                {
                    if (value is not null)
                    {
                        copy.Add(name, Copy(value));
                    }
                }

                return copy;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                {
                    list.Add(Copy(item));
                }

                return list;
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Levels of objects and lists; 0 for plain values.</summary>
    public static int Depth(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        JsonArray items => 1 + items.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    public static string? Text(this JsonObject members, string name) => members[name]?.GetValue<string>();

    public static double? Number(this JsonObject members, string name) => members[name] is { } node ? Number(node) : null;

    public static int? Integer(this JsonObject members, string name) => members[name] is { } node ? Integer(node) : null;

    public static bool? Flag(this JsonObject members, string name) => members[name]?.GetValue<bool>();

    public static TimeSpan? Seconds(this JsonObject members, string name) => members.Number(name) is { } seconds ? Spans.OfSeconds(seconds) : null;

    public static JsonObject? Object(this JsonObject members, string name) => members[name] as JsonObject;

    public static JsonArray? List(this JsonObject members, string name) => members[name] as JsonArray;

    public static double Number(JsonNode node) => node is JsonValue value && value.TryGetValue<double>(out var number)
        ? number
        : double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    public static int Integer(JsonNode node) => (int)Number(node);

    /// <summary>Each item of a list of objects; none when it is absent.</summary>
    public static IReadOnlyList<T> Each<T>(this JsonObject members, string name, Func<JsonObject, T> read) =>
        members.List(name) is { Count: > 0 } items ? [.. items.Select(item => read((JsonObject)item!))] : [];

    /// <summary>A list of texts; <see langword="null"/> when it is absent.</summary>
    public static IReadOnlyList<string>? Texts(this JsonObject members, string name) =>
        members.List(name) is { } items ? [.. items.Select(item => item!.GetValue<string>())] : null;

    /// <summary>A map of texts in the order of its names.</summary>
    public static IReadOnlyDictionary<string, string> Strings(this JsonObject members, string name) => members.Map(name, Empty.Strings, node => node.GetValue<string>());

    /// <summary>A map in the order of its names.</summary>
    public static IReadOnlyDictionary<string, T> Map<T>(this JsonObject members, string name, IReadOnlyDictionary<string, T> none, Func<JsonNode, T> read)
    {
        if (members.Object(name) is not { Count: > 0 } map)
        {
            return none;
        }

        var sorted = new SortedList<string, T>(map.Count, StringComparer.Ordinal);
        foreach (var (key, value) in map)
        {
            sorted.Add(key, read(value!));
        }

        return sorted;
    }

    /// <summary>A time: ISO 8601, taken as UTC when it names no offset, cut to whole milliseconds.</summary>
    public static bool TryReadTime(JsonNode node, out DateTimeOffset time) => TryReadTime(node.GetValue<string>(), out time);

    /// <inheritdoc cref="TryReadTime(JsonNode, out DateTimeOffset)"/>
    public static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 10 || text[4] != '-' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read))
        {
            return false;
        }

        time = new(read.Ticks - (read.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return true;
    }

    /// <summary>Sets a member unless it is there.</summary>
    public static void Default(this JsonObject members, string name, Func<JsonNode> value)
    {
        if (!members.ContainsKey(name))
        {
            members[name] = value();
        }
    }

    /// <summary>Takes a member out.</summary>
    public static bool TryTake(this JsonObject members, string name, [NotNullWhen(true)] out JsonNode? value)
    {
        value = members[name];
        return value is not null && members.Remove(name);
    }
}
