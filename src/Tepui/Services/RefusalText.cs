using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Services;

/// <summary>A refusal as people read it: every problem with its path, and how to go on.</summary>
internal static class RefusalText
{
    private static readonly Dictionary<string, string> Tokens = new(StringComparer.Ordinal)
    {
        ["error.path.missing"] = "is missing",
        ["error.expected.jsstring"] = "must be a text, in quotes",
        ["error.expected.jsnumber"] = "must be a number",
        ["error.expected.jsboolean"] = "must be true or false",
        ["error.expected.jsarray"] = "must be a list",
        ["error.expected.jsobject"] = "must be an object",
        ["error.minLength"] = "is too short",
        ["error.maxLength"] = "is too long",
        ["error.min"] = "is too small",
        ["error.max"] = "is too large",
        ["error.pattern"] = "has characters or a form that are not allowed",
        ["error.unknown.enum.literal"] = "is none of the values allowed",
    };

    /// <summary>The whole refusal; several lines.</summary>
    public static string Of(RefusedException refused)
    {
        var lines = new List<string> { $"{refused.Request} is refused ({(int)refused.Status}): {refused.Body.Text("message") ?? refused.Message}" };
        lines.AddRange(Problems(refused.Body.At("details"), refused.Sent));
        var locks = refused.Body.Items("deployments").Select(deployment => deployment.Text("id")).OfType<string>().ToList();
        if (locks.Count > 0)
        {
            lines.AddRange(locks.Select(id => $"  held by deployment {id}"));
            lines.Add($"Wait for it with 'tepui deployment watch {locks[0]}', take it back with 'tepui deployment rollback {locks[0]}', or give --force to override it.");
        }
        else if (refused.Status == HttpStatusCode.Unauthorized)
        {
            lines.Add("Give a user and a password in the address: --services http://USER:PASSWORD@HOST:PORT");
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Problems(JsonNode? details, JsonNode? sent)
    {
        if (details is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            yield return $"  {value.GetValue<string>()}";
        }

        foreach (var problem in details is JsonArray list ? list.OfType<JsonNode>() : [])
        {
            var path = problem.Text("path") ?? "/";
            var owner = ProblemPlace.Owner(sent, path) is { } id ? $"{id}: " : "";
            foreach (var error in problem.Texts("errors"))
            {
                yield return $"  {owner}{path} {Plain(error)}";
            }
        }
    }

    private static string Plain(string error) => Tokens.TryGetValue(error, out var words) ? $"{words} ({error})" : error;
}
