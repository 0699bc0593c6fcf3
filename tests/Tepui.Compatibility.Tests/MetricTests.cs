using System.Text;
using Tepui.Compatibility.Tests.Documents;
using Tepui.Compatibility.Tests.Live;
using Tepui.Compatibility.Tests.Metrics;

namespace Tepui.Compatibility.Tests;

/// <summary>The names in <c>/metrics/snapshot</c> of a running master and agent, against docs/compatibility.md.</summary>
[Collection("live")]
public sealed class MetricTests(LiveCluster cluster)
{
    [Fact]
    public async Task MasterMetrics_InThePage_AreThoseOfTheMaster() => Document.Check("compatibility.md", "master-metrics", Table(KnownMetrics.Master, await NamesAsync(cluster.Master.Address)));

    [Fact]
    public async Task AgentMetrics_InThePage_AreThoseOfTheAgent() => Document.Check("compatibility.md", "agent-metrics", Table(KnownMetrics.Agent, await NamesAsync(cluster.Agent.Address)));

    [Fact]
    public async Task Metrics_OfTepuiAlone_AreInTheirPage()
    {
        var known = KnownMetrics.Master.Concat(KnownMetrics.Agent).Select(row => row.Pattern).ToList();
        var own = (await NamesAsync(cluster.Master.Address)).Concat(await NamesAsync(cluster.Agent.Address))
            .Where(metric => !known.Any(pattern => Pattern.Covers(pattern, metric)))
            .Distinct(StringComparer.Ordinal);

        Assert.All(own, metric => Assert.Contains(OwnMetrics.All, row => Pattern.Covers(row.Pattern, metric)));
        Document.Check("reference/metrics.md", "own", OwnMetrics.Table());
    }

    private async Task<IReadOnlyCollection<string>> NamesAsync(Uri host) =>
        (await cluster.ReadAsync(host, "metrics/snapshot")).EnumerateObject().Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);

    private static string Table(IReadOnlyList<(string Pattern, string Note)> rows, IReadOnlyCollection<string> names)
    {
        var table = new StringBuilder("| metrics | here | remarks |\n|---|---|---|\n");
        foreach (var (pattern, note) in rows)
        {
            var all = Pattern.Expand(pattern);
            var missing = all.Where(name => !Pattern.IsIn(name, names)).ToList();
            var status = note.StartsWith("not counted", StringComparison.Ordinal) ? "not yet" : missing.Count == 0 ? "works" : missing.Count == all.Count ? "not yet" : "partly";
            var remark = status == "partly" ? $"missing: {string.Join(", ", missing.Select(name => $"`{name}`"))}" : "";
            table.Append("| `").Append(pattern).Append("` | ").Append(status).Append(" | ").Append(string.Join("; ", new[] { remark, note }.Where(part => part.Length > 0))).Append(" |\n");
        }

        return table.ToString();
    }
}
