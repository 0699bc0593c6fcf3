using Tepui.Frameworks.Events;
using Tepui.Frameworks.Metrics;
using Tepui.Frameworks.Scheduling;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Views;
using Tepui.Runtime.Metrics;

namespace Tepui.Jobs.Metrics;

/// <summary>All metrics of the scheduler, by the names existing dashboards use; those of one job each end in its name, and bear it as a label for Prometheus.</summary>
internal sealed class JobsMetrics(MetricRegistry own, MasterLink<JobsInput> master, EventHub<JobEvent> events, RunTimes times, TimeProvider time)
{
    private const string QueuesBefore = "org.apache.mesos.chronos.scheduler.jobs.TaskManager.";

    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Times of runs, in milliseconds, by job.</summary>
    public IEnumerable<HistogramSample> Histograms() => times.All
        .Select(job => new HistogramSample($"jobs.run.time.{job.Job}", [.. job.Seconds.Select(seconds => seconds * 1000)]))
        .OrderBy(sample => sample.Name, StringComparer.Ordinal);

    /// <summary>All of them as of a view, sorted by name.</summary>
    public IReadOnlyList<MetricSample> Read(JobsView view) =>
    [
        .. Gauges(view)
            .Concat(view.Jobs.SelectMany(OfJob))
            .Concat(master.Counters.All.Select(count => new MetricSample(count.Key, count.Value, MetricKind.Counter)))
            .Concat(own.Read())
            .DistinctBy(sample => sample.Name, StringComparer.Ordinal)
            .OrderBy(sample => sample.Name, StringComparer.Ordinal),
    ];

    /// <summary>For Prometheus: queues once, and quantiles of the times of runs.</summary>
    public string Print(IReadOnlyList<MetricSample> samples) => PrometheusText.Print(
        samples
            .Where(sample => !sample.Name.StartsWith(QueuesBefore, StringComparison.Ordinal))
            .Concat(times.All.SelectMany(job => Quantiles(job.Job.Value, job.Seconds))));

    private static IEnumerable<MetricSample> Quantiles(string job, double[] seconds) => new[] { (Text: "0.5", Share: 0.5), (Text: "0.99", Share: 0.99) }
        .Select(quantile => new MetricSample("jobs.run.seconds", DurationMetric.Percentile(seconds, quantile.Share), Help: "Time of a run, over the last runs of its job.")
        {
            Family = "jobs_run_seconds",
            Labels = [new("job", job), new("quantile", quantile.Text)],
        });

    private static IEnumerable<MetricSample> OfJob(JobSummary summary)
    {
        var (name, progress) = (summary.Job.Name.Value, summary.Job.Progress);
        yield return Of("success", progress.SuccessCount, "Runs that succeeded.");
        yield return Of("failure", progress.ErrorCount, "Runs that failed for good.");
        yield return Of("skipped", progress.SkippedCount, "Occurrences that were never launched.");
        yield return Of("late", progress.LateCount, "Runs that started late.");
        if (progress.LastSuccess is { } last)
        {
            yield return new($"jobs.run.lastSuccess.{name}", last.ToUnixTimeMilliseconds() / 1000.0, Help: "When a run succeeded last, seconds since 1970.")
            {
                Family = "jobs_run_last_success_timestamp_seconds",
                Labels = [new("job", name)],
            };
        }

        MetricSample Of(string what, long count, string help) =>
            new($"jobs.run.{what}.{name}", count, MetricKind.Counter, help) { Family = $"jobs_run_{what}", Labels = [new("job", name)] };
    }

    private IEnumerable<MetricSample> Gauges(JobsView view)
    {
        var runs = view.OpenRuns.GroupBy(run => run.State).ToDictionary(group => group.Key, group => group.Count());
        int Count(params RunState[] states) => states.Sum(state => runs.GetValueOrDefault(state));
        return
        [
            new("queueSize", view.Queue, Help: "Runs of normal priority that wait for a launch."),
            new("highQueueSize", view.HighQueue, Help: "Runs of high priority that wait for a launch."),
            new(QueuesBefore + "queueSize", view.Queue),
            new(QueuesBefore + "highQueueSize", view.HighQueue),
            new("jobs.count", view.Jobs.Count, Help: "Jobs."),
            new("jobs.disabled", view.Jobs.Count(job => job.Job.Spec.Disabled), Help: "Jobs that are disabled."),
            new("runs.waiting", Count(RunState.Waiting), Help: "Runs that wait."),
            new("runs.launching", Count(RunState.Launching, RunState.Staging), Help: "Runs on their way."),
            new("runs.running", Count(RunState.Running, RunState.Completing), Help: "Runs that run."),
            new("runs.unreachable", Count(RunState.Unreachable), Help: "Runs on agents that cannot be reached."),
            new("offers.held", view.OffersHeld, Help: "Offers in hand."),
            new("notices.waiting", view.NoticesWaiting, Help: "Notices not told yet."),
            new("mesos.subscribed", view.Master is null ? 0 : 1, Help: "Whether a master has the subscription."),
            new("http.eventStreams", events.Count, Help: "Subscribers of events."),
            new("uptime.seconds", (time.GetUtcNow() - _started).TotalSeconds, Help: "Time since the start."),
            new("memory.workingSet.bytes", Environment.WorkingSet, Help: "Memory of the process."),
        ];
    }
}
