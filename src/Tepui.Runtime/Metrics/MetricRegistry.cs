using System.Collections.Concurrent;

namespace Tepui.Runtime.Metrics;

/// <summary>The metrics of a component, by the names existing dashboards use (<c>master/slaves_active</c>). Adding and reading are possible from any thread.</summary>
public sealed class MetricRegistry
{
    private static readonly (string Name, double Share)[] s_percentiles =
        [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999), ("p9999", 0.9999)];

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<IEnumerable<MetricSample>>> _sources = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>Starts empty.</summary>
    public MetricRegistry(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>The counter of this name; made at the first call.</summary>
    /// <param name="name">As in <c>master/tasks_finished</c>.</param>
    /// <param name="help">What it counts; shown to Prometheus.</param>
    public Counter Counter(string name, string help = "") =>
        (Counter)_entries.GetOrAdd(name, static (_, text) => MakeCounter(text), help).Owner!;

    /// <summary>The timer of this name; made at the first call. It is published as <c>name_ms</c> with count, minimum, maximum and percentiles below it.</summary>
    public DurationMetric Timer(string name, string help = "") =>
        (DurationMetric)_entries.GetOrAdd(name + "_ms", static (_, arg) => new Entry(MetricKind.Gauge, arg.help, null, new DurationMetric(arg._time)), (help, _time)).Owner!;

    /// <summary>Publishes a value that is asked for when metrics are read. The callback must be quick and safe on any thread: let it read a published snapshot.</summary>
    public void Gauge(string name, Func<double> value, string help = "") => _entries[name] = new Entry(MetricKind.Gauge, help, value, null);

    /// <summary>As <see cref="Gauge"/>, for a value that only goes up.</summary>
    public void CounterFrom(string name, Func<double> value, string help = "") => _entries[name] = new Entry(MetricKind.Counter, help, value, null);

    /// <summary>Publishes a set of metrics that comes and goes (per framework, per role). Its samples are asked for at each reading.</summary>
    /// <param name="key">Names the source; a second one of the same key replaces the first.</param>
    /// <param name="samples">The samples; quick and safe on any thread.</param>
    public void Source(string key, Func<IEnumerable<MetricSample>> samples) => _sources[key] = samples;

    /// <summary>Removes a metric.</summary>
    public void Remove(string name) => _entries.TryRemove(name, out _);

    /// <summary>All metrics now, sorted by name. A timer yields its derived values too; one that never ran yields none.</summary>
    public IReadOnlyList<MetricSample> Read()
    {
        var samples = new List<MetricSample>(_entries.Count * 2);
        foreach (var (name, entry) in _entries)
        {
            if (entry.Owner is DurationMetric timer)
            {
                AddTimer(samples, name, timer, entry.Help);
            }
            else if (entry.Value!() is var value && double.IsFinite(value))
            {
                samples.Add(new MetricSample(name, value, entry.Kind, entry.Help));
            }
        }

        foreach (var source in _sources.Values)
        {
            samples.AddRange(source());
        }

        samples.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return samples;
    }

    private static Entry MakeCounter(string help)
    {
        var counter = new Counter();
        return new Entry(MetricKind.Counter, help, () => counter.Value, counter);
    }

    private static void AddTimer(List<MetricSample> samples, string name, DurationMetric timer, string help)
    {
        if (timer.Last is not { } last)
        {
            return;
        }

        Add("", last);
        var sorted = timer.Sorted();
        if (sorted.Length == 0)
        {
            return;
        }

        Add("/count", sorted.Length);
        Add("/max", sorted[^1]);
        Add("/min", sorted[0]);
        foreach (var (percentile, share) in s_percentiles)
        {
            Add("/" + percentile, DurationMetric.Percentile(sorted, share));
        }

        void Add(string suffix, double value) => samples.Add(new MetricSample(name + suffix, value, MetricKind.Gauge, help));
    }

    private sealed record Entry(MetricKind Kind, string Help, Func<double>? Value, object? Owner);
}
