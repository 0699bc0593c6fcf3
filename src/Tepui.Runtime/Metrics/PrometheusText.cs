using System.Globalization;
using System.Text;

namespace Tepui.Runtime.Metrics;

/// <summary>Metrics in the text format Prometheus reads.</summary>
public static class PrometheusText
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Prints samples, grouped by family with HELP and TYPE before each.</summary>
    public static string Print(IEnumerable<MetricSample> samples)
    {
        var text = new StringBuilder();
        foreach (var family in samples.GroupBy(FamilyOf, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var first = family.First();
            text.Append("# HELP ").Append(family.Key).Append(' ').AppendLine(Help(first));
            text.Append("# TYPE ").Append(family.Key).Append(' ').AppendLine(first.Kind == MetricKind.Counter ? "counter" : "gauge");

            // A name and label set may occur once only; the first one stands.
            foreach (var sample in family.DistinctBy(LabelsOf, StringComparer.Ordinal))
            {
                text.Append(family.Key).Append(LabelsOf(sample)).Append(' ').AppendLine(sample.Value.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    /// <summary>The valid name of a metric's family: <c>tepui_</c>, then the name with everything but letters, digits and underscores replaced; counters end in <c>_total</c>.</summary>
    public static string FamilyOf(MetricSample sample)
    {
        var name = new StringBuilder("tepui_");
        foreach (var c in sample.Family ?? Quantile(sample.Name).Base)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        return name.Append(sample.Kind == MetricKind.Counter && !name.ToString().EndsWith("_total", StringComparison.Ordinal) ? "_total" : "").ToString();
    }

    private static string LabelsOf(MetricSample sample)
    {
        var labels = sample.Labels.Select(l => $"{l.Key}=\"{Escape(l.Value)}\"");
        if (sample.Family is null && Quantile(sample.Name).Value is { } quantile)
        {
            labels = labels.Append($"quantile=\"{quantile}\"");
        }

        var joined = string.Join(',', labels);
        return joined.Length == 0 ? "" : "{" + joined + "}";
    }

    /// <summary>Percentiles of timers become one family with a label.</summary>
    private static (string Base, string? Value) Quantile(string name)
    {
        var slash = name.LastIndexOf('/');
        var last = name[(slash + 1)..];
        return last switch
        {
            "p50" => (name[..slash] + "_quantile", "0.5"),
            "p90" => (name[..slash] + "_quantile", "0.9"),
            "p95" => (name[..slash] + "_quantile", "0.95"),
            "p99" => (name[..slash] + "_quantile", "0.99"),
            "p999" => (name[..slash] + "_quantile", "0.999"),
            "p9999" => (name[..slash] + "_quantile", "0.9999"),
            _ => (name, null),
        };
    }

    private static string Help(MetricSample sample) =>
        (sample.Help.Length > 0 ? sample.Help : sample.Name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
