namespace Tepui.Runtime.Metrics;

/// <summary>How a metric behaves.</summary>
public enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only goes up while the process lives.</summary>
    Counter,
}
