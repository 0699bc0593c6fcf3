using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>A refusal of jobs as people read it: every problem with its path.</summary>
internal static class JobsRefusalText
{
    /// <summary>The whole refusal; several lines.</summary>
    public static string Of(RefusedException refused)
    {
        var lines = new List<string> { $"{refused.Request} is refused ({(int)refused.Status}): {refused.Body.Text("message") ?? refused.Message}" };
        lines.AddRange(Problems(refused.Body));
        if (refused.Status == HttpStatusCode.Unauthorized)
        {
            lines.Add("Give a user and a password in the address: --jobs http://USER:PASSWORD@HOST:PORT");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The problems alone, each a line.</summary>
    public static IEnumerable<string> Problems(JsonNode? body) => body.Items("problems").Select(problem => $"  {problem.Text("path") ?? "/"} {problem.Text("message")}");
}
