using System.Globalization;
using System.Text;
using System.Text.Json;
using Tepui.Runtime.Metrics;

namespace Tepui.Frameworks.Metrics;

/// <summary>Metrics as clients read them.</summary>
public static class MetricsJson
{
    /// <summary>Writes a snapshot: gauges, counters and histograms by name.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<MetricSample> samples, IEnumerable<HistogramSample> histograms)
    {
        json.WriteStartObject();
        json.WriteString("version"u8, "4.0.0");
        json.WriteStartObject("counters"u8);
        foreach (var sample in samples.Where(sample => sample.Kind == MetricKind.Counter))
        {
            json.WriteStartObject(sample.Name);
            json.WriteNumber("count"u8, sample.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("gauges"u8);
        foreach (var sample in samples.Where(sample => sample.Kind == MetricKind.Gauge))
        {
            json.WriteStartObject(sample.Name);
            json.WriteNumber("value"u8, sample.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("histograms"u8);
        foreach (var sample in histograms)
        {
            HistogramJson.Write(json, sample);
        }

        json.WriteEndObject();
        foreach (var kind in new[] { "meters", "timers" })
        {
            json.WriteStartObject(kind);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The text format of Prometheus; dots and dashes become underscores.</summary>
    public static string Prometheus(IReadOnlyList<MetricSample> samples)
    {
        var text = new StringBuilder();
        foreach (var sample in samples.DistinctBy(sample => NameOf(sample), StringComparer.Ordinal))
        {
            var name = NameOf(sample);
            if (sample.Help.Length > 0)
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(sample.Help).Append('\n');
            }

            text.Append("# TYPE ").Append(name).Append(sample.Kind == MetricKind.Counter ? " counter\n" : " gauge\n");
            text.Append(name).Append(' ').Append(sample.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        return text.ToString();
    }

    private static string NameOf(MetricSample sample) => string.Concat(sample.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
