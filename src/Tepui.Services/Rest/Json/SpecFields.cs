using System.Text.Json;
using Tepui.Runtime.Http;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Json;

/// <summary>One field that differs between two versions.</summary>
/// <param name="Path">As in <c>/container/docker/image</c>.</param>
/// <param name="From">JSON before; unset when it was not there.</param>
/// <param name="To">JSON after; unset when it is gone.</param>
internal sealed record FieldChange(string Path, string? From, string? To);

/// <summary>Finds the fields that differ between two versions of an app or pod.</summary>
internal static class SpecFields
{
    private static readonly string[] Versions = ["/version", "/versionInfo"];

    /// <summary>The fields that differ, in the order of the document; all of them when one side is missing.</summary>
    public static IReadOnlyList<FieldChange> Differences(RunSpec? before, RunSpec? after)
    {
        var changes = new List<FieldChange>();
        using var old = before is null ? null : Document(before);
        using var now = after is null ? null : Document(after);
        Compare(changes, "", old?.RootElement, now?.RootElement);
        return changes;
    }

    private static JsonDocument Document(RunSpec spec)
    {
        using var buffer = new PooledBuffer();
        JsonText.Write(buffer, json =>
        {
            json.WriteStartObject();
            switch (spec)
            {
                case AppSpec app: AppDocument.WriteMembers(json, app); break;
                case PodSpec pod: PodDocument.WriteMembers(json, pod); break;
            }

            json.WriteEndObject();
        });
        return JsonDocument.Parse(buffer.WrittenSpan.ToArray());
    }

    private static void Compare(List<FieldChange> changes, string path, JsonElement? before, JsonElement? after)
    {
        if (Versions.Contains(path, StringComparer.Ordinal) || (before is { } old && after is { } now && JsonElement.DeepEquals(old, now)))
        {
            return;
        }

        // Objects are compared field by field; lists and values as a whole.
        if (before is null or { ValueKind: JsonValueKind.Object } && after is null or { ValueKind: JsonValueKind.Object })
        {
            foreach (var name in Names(before).Union(Names(after), StringComparer.Ordinal))
            {
                Compare(changes, $"{path}/{name}", Member(before, name), Member(after, name));
            }

            return;
        }

        changes.Add(new(path, before?.GetRawText(), after?.GetRawText()));
    }

    private static IEnumerable<string> Names(JsonElement? element) => element?.EnumerateObject().Select(member => member.Name) ?? [];

    private static JsonElement? Member(JsonElement? element, string name) => element is { } value && value.TryGetProperty(name, out var member) ? member : null;
}
