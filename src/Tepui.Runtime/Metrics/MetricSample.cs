namespace Tepui.Runtime.Metrics;

/// <summary>One value of one metric.</summary>
/// <param name="Name">As in <c>master/slaves_active</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Kind">How it behaves.</param>
/// <param name="Help">What it says; may be empty.</param>
public sealed record MetricSample(string Name, double Value, MetricKind Kind = MetricKind.Gauge, string Help = "")
{
    /// <summary>What Prometheus calls it, without prefix; <see langword="null"/> to derive it from <see cref="Name"/>.</summary>
    public string? Family { get; init; }

    /// <summary>What Prometheus tells members of a family apart by, as in <c>role="web"</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];
}
