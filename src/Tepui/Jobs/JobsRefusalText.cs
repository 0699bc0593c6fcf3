using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>A refusal of jobs as people read it: every problem with its path.</summary>
internal static class JobsRefusalText
{
    /// <summary>The whole refusal; several lines.</summary>
    public static string Of(RefusedException refused)
    {
        var problems = Problems(refused.Body).ToList();

        // The message of a refused document only puts its problems into one line.
        var lines = new List<string> { $"{refused.Request} is refused ({(int)refused.Status}){(problems.Count > 0 ? ":" : $": {refused.Body.Text("message") ?? refused.Message}")}" };
        lines.AddRange(problems);
        if (refused.Status == HttpStatusCode.Unauthorized)
        {
            lines.Add("Give a user and a password in the address: --jobs http://USER:PASSWORD@HOST:PORT");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The problems alone, each a line.</summary>
    private static IEnumerable<string> Problems(JsonNode? body) => body.Items("problems").Select(problem => $"  {problem.Text("path") ?? "/"} {problem.Text("message")}");
}
