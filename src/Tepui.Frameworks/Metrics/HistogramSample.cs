namespace Tepui.Frameworks.Metrics;

/// <summary>Values of one kind, as of one moment.</summary>
/// <param name="Name">As in <c>jobs.run.time.nightly</c>.</param>
/// <param name="Sorted">The values, from the least to the greatest.</param>
public sealed record HistogramSample(string Name, double[] Sorted);
