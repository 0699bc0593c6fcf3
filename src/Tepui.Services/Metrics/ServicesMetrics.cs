using Tepui.Frameworks.Events;
using Tepui.Frameworks.Scheduling;
using Tepui.Runtime.Metrics;
using Tepui.Services.Core;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Metrics;

/// <summary>All metrics of the scheduler, by the names existing dashboards use, with the prefix set.</summary>
internal sealed class ServicesMetrics(ServicesSettings settings, MetricRegistry own, MasterLink<ServicesInput> master, EventHub<ServiceEvent> events, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>All of them as of a view, sorted by name.</summary>
    public IReadOnlyList<MetricSample> Read(ServicesView view) =>
    [
        .. Gauges(view)
            .Concat(Counters(view))
            .Concat(own.Read().Select(sample => sample with { Name = sample.Name.Replace('/', '.') + (sample.Kind == MetricKind.Counter ? ".counter" : "") }))
            .Select(sample => sample with { Name = $"{settings.MetricsPrefix}.{sample.Name}" })
            .DistinctBy(sample => sample.Name, StringComparer.Ordinal)
            .OrderBy(sample => sample.Name, StringComparer.Ordinal),
    ];

    private IEnumerable<MetricSample> Gauges(ServicesView view)
    {
        var instances = view.Instances.Values.SelectMany(list => list).GroupBy(instance => instance.Condition).ToDictionary(group => group.Key, group => group.Count());
        int Count(params Condition[] conditions) => conditions.Sum(condition => instances.GetValueOrDefault(condition));
        var uptime = (time.GetUtcNow() - _started).TotalSeconds;
        return
        [
            new("apps.active.gauge", view.Tree.Specs.Values.Count(spec => spec is AppSpec), Help: "Apps."),
            new("pods.active.gauge", view.Tree.Specs.Values.Count(spec => spec is PodSpec), Help: "Pods."),
            new("groups.active.gauge", view.Tree.Groups.Count, Help: "Groups, the root included."),
            new("deployments.active.gauge", view.Deployments.Count, Help: "Deployments under way."),
            new("instances.running.gauge", Count(Condition.Running), Help: "Instances that run."),
            new("instances.staged.gauge", Count(Condition.Provisioned, Condition.Staging, Condition.Starting), Help: "Instances on their way."),
            new("instances.scheduled.gauge", Count(Condition.Scheduled), Help: "Instances that wait for an offer."),
            new("instances.inflight-kills.gauge", Count(Condition.Killing), Help: "Instances asked to end."),
            new("instances.unreachable.gauge", Count(Condition.Unreachable, Condition.UnreachableInactive), Help: "Instances on agents that cannot be reached."),
            new("instances.crash-looping.gauge", view.CrashLoops.Count, Help: "Apps and pods whose instances keep failing."),
            new("mesos.subscribed.gauge", view.Master is null ? 0 : 1, Help: "Whether a master has the subscription."),
            new("http.event-streams.active.gauge", events.Count, Help: "Subscribers of events."),
            new("leadership.duration.gauge.seconds", uptime, Help: "Time since this process leads."),
            new("uptime.gauge.seconds", uptime, Help: "Time since the start."),
            new("memory.working-set.gauge.bytes", Environment.WorkingSet, Help: "Memory of the process."),
        ];
    }

    private IEnumerable<MetricSample> Counters(ServicesView view) => view.Counters
        .Concat(master.Counters.All)
        .Select(count => new MetricSample(count.Key.EndsWith(".counter", StringComparison.Ordinal) ? count.Key : count.Key + ".counter", count.Value, MetricKind.Counter));
}
