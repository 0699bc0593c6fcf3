using System.Text.Json;
using Tepui.Master.Tests.Support;

namespace Tepui.Master.Tests.Metrics;

public sealed class DashboardNamesTests
{
    /// <summary>Recorded names that are not published here, by their start, and why.</summary>
    private static readonly string[] NotPublished =
    [
        // Ids and names of the recorded cluster.
        "frameworks/", "master/frameworks/",

        // The allocator runs on events inside the loop: it has no cycle and no queue of its own to time.
        "allocator/mesos/allocation_run",
        "allocator/mesos/offer_filters/",

        // There are no quotas, so the sum over all roles is no quota either.
        "allocator/mesos/quota/roles//",

        // Operations on resources cannot be made yet; those that were asked for and refused are counted together.
        "master/operations/",

        // Answers are cached per entity, not per request.
        "master/http_cache_hits",
    ];

    [Fact]
    public async Task Snapshot_OnTheRecordedCluster_HasTheRecordedNames()
    {
        await using var scenario = await HolderScenario.StartAsync();
        using var recorded = JsonDocument.Parse(Captures.Answer("master/GET/metrics_snapshot").Body);

        var ours = (await scenario.Master.GetAsync("/metrics/snapshot")).EnumerateObject().Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);

        var missing = recorded.RootElement.EnumerateObject()
            .Select(metric => metric.Name)
            .Where(name => !ours.Contains(name) && !NotPublished.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Snapshot_OnTheRecordedCluster_HasTheRecordedValues()
    {
        await using var scenario = await HolderScenario.StartAsync();
        using var recorded = JsonDocument.Parse(Captures.Answer("master/GET/metrics_snapshot").Body);

        var ours = await scenario.Master.GetAsync("/metrics/snapshot");

        foreach (var name in new[]
        {
            "master/cpus_total", "master/cpus_used", "master/cpus_percent", "master/mem_total", "master/mem_used", "master/disk_used", "master/elected",
            "master/slaves_active", "master/slaves_connected", "master/slaves_disconnected", "master/slaves_inactive", "master/slaves_unreachable",
            "master/frameworks_active", "master/frameworks_connected", "master/tasks_running", "master/tasks_staging", "master/tasks_killing",
            "allocator/mesos/resources/cpus/total", "allocator/mesos/roles/hr/shares/dominant",
        })
        {
            Assert.True(recorded.RootElement.GetProperty(name).GetDouble().Equals(ours.GetProperty(name).GetDouble()), $"{name}: {ours.GetProperty(name)}");
        }
    }

    [Fact]
    public async Task Prometheus_AllMetrics_AreThereWithTheirKind()
    {
        await using var master = await TestMaster.StartAsync();

        var answer = await RawClient.SendAsync(master.Endpoint, RawClient.Request("GET", "/metrics"));

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.ContentType);
        Assert.Contains("# TYPE tepui_master_elected gauge\ntepui_master_elected 1\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("# TYPE tepui_master_tasks_finished_total counter\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_FrameworksAndRoles_AreLabels()
    {
        await using var scenario = await HolderScenario.StartAsync();

        var text = (await RawClient.SendAsync(scenario.Master.Endpoint, RawClient.Request("GET", "/metrics"))).Text;

        var id = scenario.Framework.Id.Value;
        Assert.Contains($"tepui_framework_subscribed{{framework=\"holder\",id=\"{id}\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"tepui_framework_role_suppressed{{framework=\"holder\",id=\"{id}\",role=\"hr\"}} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("tepui_role_share_dominant{role=\"hr\"} 1\n", text, StringComparison.Ordinal);
    }
}
