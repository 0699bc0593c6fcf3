using System.Globalization;
using System.Text.Json.Nodes;

namespace Tepui.Services;

/// <summary>Follows the path of a problem, as in <c>/groups(0)/apps(2)/cpus</c>, into the document it is about.</summary>
internal static class ProblemPlace
{
    /// <summary>Id of the innermost listed app, pod or group that the path goes through; nothing where the document holds only one.</summary>
    public static string? Owner(JsonNode? sent, string path)
    {
        var at = sent;
        string? owner = null;
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var open = segment.EndsWith(')') ? segment.LastIndexOf('(') : -1;
            var name = open >= 0 ? segment[..open] : segment;
            at = name.Length == 0 ? at : at.At(name);
            if (open < 0)
            {
                continue;
            }

            at = int.TryParse(segment.AsSpan(open + 1, segment.Length - open - 2), CultureInfo.InvariantCulture, out var index) && at is JsonArray list && index >= 0 && index < list.Count
                ? list[index]
                : null;
            if (name is "" or "apps" or "groups" or "pods" && at.Text("id") is { } id)
            {
                owner = owner is null ? id : ServicesPaths.Within(owner, id);
            }
        }

        return owner;
    }
}
