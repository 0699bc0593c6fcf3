using System.Text.Json;
using Tepui.Runtime.Metrics;

namespace Tepui.Frameworks.Metrics;

/// <summary>Histograms as clients read them.</summary>
public static class HistogramJson
{
    /// <summary>Writes a histogram by its name: count, extremes, mean, standard deviation and percentiles; all 0 when there are no values.</summary>
    public static void Write(Utf8JsonWriter json, HistogramSample sample)
    {
        var values = sample.Sorted;
        var mean = values.Length == 0 ? 0 : values.Average();
        json.WriteStartObject(sample.Name);
        json.WriteNumber("count"u8, values.Length);
        json.WriteNumber("max"u8, values.Length == 0 ? 0 : values[^1]);
        json.WriteNumber("mean"u8, mean);
        json.WriteNumber("min"u8, values.Length == 0 ? 0 : values[0]);
        json.WriteNumber("p50"u8, Percentile(values, 0.5));
        json.WriteNumber("p75"u8, Percentile(values, 0.75));
        json.WriteNumber("p95"u8, Percentile(values, 0.95));
        json.WriteNumber("p98"u8, Percentile(values, 0.98));
        json.WriteNumber("p99"u8, Percentile(values, 0.99));
        json.WriteNumber("p999"u8, Percentile(values, 0.999));
        json.WriteNumber("stddev"u8, values.Length == 0 ? 0 : Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        json.WriteEndObject();
    }

    private static double Percentile(double[] sorted, double share) => sorted.Length == 0 ? 0 : DurationMetric.Percentile(sorted, share);
}
