using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary>Prints the instances of an app.</summary>
internal static class TaskTable
{
    /// <summary>Prints <paramref name="tasks"/> as the API lists them.</summary>
    public static void Write(TextWriter output, IEnumerable<JsonNode> tasks)
    {
        var now = TimeProvider.System.GetUtcNow();
        var table = new Table("TASK", "STATE", "HEALTH", "HOST", "PORTS", "SINCE", "VERSION");
        foreach (var task in tasks.OrderBy(task => task.Text("startedAt") ?? task.Text("stagedAt") ?? "~", StringComparer.Ordinal))
        {
            table.Add(
                task.Text("id") ?? "", Text.State(task.Text("state")), Health(task), task.Text("host") ?? "-",
                string.Join(',', task.Items("ports").Select(port => port.ToJsonString())) is { Length: > 0 } ports ? ports : "-",
                Text.Age(task.Time("startedAt") ?? task.Time("stagedAt"), now), task.Text("version") ?? "-");
        }

        table.WriteTo(output);
    }

    private static string Health(JsonNode task)
    {
        var results = task.Items("healthCheckResults").ToList();
        return results.Count == 0 ? "-" : results.All(result => result.IsTrue("alive")) ? "ok" : "bad";
    }
}
