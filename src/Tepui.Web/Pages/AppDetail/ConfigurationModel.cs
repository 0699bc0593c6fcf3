using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>An app's configuration: one of its versions, compared with another.</summary>
public sealed record ConfigurationModel
{
    /// <summary>The app.</summary>
    public required string App { get; init; }

    /// <summary>Whether it is a pod.</summary>
    public required bool IsPod { get; init; }

    /// <summary>All versions, latest first.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The version shown.</summary>
    public required string Shown { get; init; }

    /// <summary>The version it is compared with; empty for none.</summary>
    public required string Against { get; init; }

    /// <summary>What differs, from <see cref="Against"/> to <see cref="Shown"/>.</summary>
    public required IReadOnlyList<JsonChange> Changes { get; init; }

    /// <summary>The fields of the version shown.</summary>
    public required IReadOnlyList<(string Name, string Value)> Fields { get; init; }

    /// <summary>The version shown, as JSON.</summary>
    public required string Json { get; init; }

    /// <summary>Whether the version shown is the one in force.</summary>
    public bool IsCurrent => Versions.Count == 0 || Shown == Versions[0];

    /// <summary>Builds it.</summary>
    /// <param name="app">The app.</param>
    /// <param name="isPod">Whether it is a pod.</param>
    /// <param name="versions">All versions, in any order.</param>
    /// <param name="shown">The version shown, and its document.</param>
    /// <param name="against">The version to compare with, and its document; null for none.</param>
    public static ConfigurationModel Build(string app, bool isPod, IEnumerable<string> versions, (string Version, JsonElement Document) shown, (string Version, JsonElement Document)? against)
    {
        var configuration = AppDocument.Configuration(shown.Document);
        return new ConfigurationModel
        {
            App = app,
            IsPod = isPod,
            Versions = [.. versions.OrderDescending(StringComparer.Ordinal)],
            Shown = shown.Version,
            Against = against?.Version ?? "",
            Changes = against is { } other ? JsonDiff.Compare(Element(AppDocument.Configuration(other.Document)), Element(configuration)) : [],
            Fields = [.. configuration.Select(member => (member.Key, Value(member.Value)))],
            Json = AppDocument.Pretty(configuration),
        };
    }

    private static JsonElement Element(JsonObject document) => JsonElement.Parse(document.ToJsonString());

    private static string Value(JsonNode? node) => node switch
    {
        null => "",
        JsonObject { Count: 0 } or JsonArray { Count: 0 } => "–",
        JsonObject or JsonArray => AppDocument.Pretty(node),
        _ => node.ToString() is { Length: > 0 } text ? text : "–",
    };
}
