using System.Text.RegularExpressions;
using Tepui.Runtime.Http;
using Tepui.Runtime.Metrics;
using Tepui.Runtime.Tests.Http;

namespace Tepui.Runtime.Tests.Metrics;

public sealed partial class MetricTests
{
    [Fact]
    public async Task Snapshot_AllKinds_IsFlatSortedAndInDoubles()
    {
        var metrics = new MetricRegistry();
        metrics.Gauge("master/slaves_active", () => 3);
        metrics.Counter("master/tasks_finished").Add(7);
        metrics.Gauge("broken", () => double.NaN);
        await using var server = await TestServer.StartAsync(new MesosRouter("master").MapMetrics(metrics));

        Assert.Equal("""{"master/slaves_active":3.0,"master/tasks_finished":7.0}""", await server.Client.GetStringAsync("/metrics/snapshot"));
        Assert.Equal("""{"master/slaves_active":3.0,"master/tasks_finished":7.0}""", await server.Client.GetStringAsync("/metrics/snapshot?timeout=5secs"));
        Assert.EndsWith("Invalid timeout 'xyz': Failed to convert '' to number.\n", await server.RawAsync("GET /metrics/snapshot?timeout=xyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Timer_ManyRuns_GivesPercentiles()
    {
        var metrics = new MetricRegistry();
        var timer = metrics.Timer("registrar/state_store");
        for (var i = 1; i <= 101; i++)
        {
            timer.Record(TimeSpan.FromMilliseconds(i));
        }

        var values = metrics.Read().ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);

        Assert.Equal(101, values["registrar/state_store_ms"]);
        Assert.Equal(101, values["registrar/state_store_ms/count"]);
        Assert.Equal(1, values["registrar/state_store_ms/min"]);
        Assert.Equal(51, values["registrar/state_store_ms/p50"]);
        Assert.Equal(100, values["registrar/state_store_ms/p99"]);
        Assert.Equal(10, values.Count);
        Assert.Same(timer, metrics.Timer("registrar/state_store"));
    }

    [Fact]
    public void Prometheus_AnyName_IsValidAndTyped()
    {
        var metrics = new MetricRegistry();
        metrics.Counter("master/task_lost/source_master/reason_slave_removed", "Tasks lost.").Increment();
        metrics.Timer("allocator/mesos/allocation_run").Record(TimeSpan.FromMilliseconds(2));
        metrics.Source("roles", () =>
        [
            new MetricSample("master/roles/a/share", 0.5) { Family = "role_share", Labels = [KeyValuePair.Create("role", "a\"b\\c\nd")] },
            new MetricSample("master/roles/b/share", 0.25) { Family = "role_share", Labels = [KeyValuePair.Create("role", "b")] },
        ]);

        var text = PrometheusText.Print(metrics.Read());

        Assert.Contains("# HELP tepui_master_task_lost_source_master_reason_slave_removed_total Tasks lost.\n# TYPE tepui_master_task_lost_source_master_reason_slave_removed_total counter\ntepui_master_task_lost_source_master_reason_slave_removed_total 1\n", text, StringComparison.Ordinal);
        Assert.Contains("tepui_allocator_mesos_allocation_run_ms_quantile{quantile=\"0.99\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("tepui_role_share{role=\"a\\\"b\\\\c\\nd\"} 0.5\ntepui_role_share{role=\"b\"} 0.25\n", text, StringComparison.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#'))
        {
            Assert.Matches(PrometheusLine(), line);
        }

        Assert.Equal(text.Split('\n').Count(l => l.StartsWith("# TYPE", StringComparison.Ordinal)), text.Split('\n').Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count());
    }

    [GeneratedRegex("""^[a-zA-Z_][a-zA-Z0-9_]*(\{.*\})? \S+$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PrometheusLine();
}
