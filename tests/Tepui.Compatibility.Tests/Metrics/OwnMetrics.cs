using System.Text;

namespace Tepui.Compatibility.Tests.Metrics;

/// <summary>Metrics that only Tepui has.</summary>
internal static class OwnMetrics
{
    public static IReadOnlyList<(string Pattern, string Meaning)> All { get; } =
    [
        ("tepui/links/open", "Agents connected now."),
        ("tepui/links/{received,sent}", "Frames received from agents, and sent to them."),
        ("tepui/links/broken", "Links that ended with an error."),
        ("tepui/schedulers/open", "Event streams to frameworks open now."),
        ("tepui/schedulers/events", "Events sent to frameworks."),
        ("tepui/master/batches", "Batches of inputs the master worked through."),
        ("tepui/usage/{cpus,mem_bytes,disk_bytes}", "What all tasks really use, by the agents' measurements."),
        ("tepui/usage/agents/<id>/{cpus,mem_bytes,disk_bytes}", "The same for one agent."),
    ];

    public static string Table()
    {
        var table = new StringBuilder("| metric | meaning |\n|---|---|\n");
        foreach (var (pattern, meaning) in All)
        {
            table.Append("| `").Append(pattern).Append("` | ").Append(meaning).Append(" |\n");
        }

        return table.ToString();
    }
}
