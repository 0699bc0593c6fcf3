namespace Tepui.Jobs.Rest;

/// <summary>Statistics of times, as Chronos names them. All are 0 where there are none.</summary>
/// <param name="sorted">The times, sorted.</param>
internal sealed class RunStatistics(double[] sorted)
{
    /// <summary>Each statistic by its name.</summary>
    public static IReadOnlyDictionary<string, Func<RunStatistics, double>> Names { get; } = new Dictionary<string, Func<RunStatistics, double>>(StringComparer.Ordinal)
    {
        ["75thPercentile"] = times => times.Quantile(0.75),
        ["95thPercentile"] = times => times.Quantile(0.95),
        ["98thPercentile"] = times => times.Quantile(0.98),
        ["99thPercentile"] = times => times.Quantile(0.99),
        ["median"] = times => times.Quantile(0.5),
        ["mean"] = times => times.Mean,
    };

    /// <summary>How many times there are.</summary>
    public int Count => sorted.Length;

    /// <summary>Their mean.</summary>
    public double Mean => sorted.Length == 0 ? 0 : sorted.Average();

    /// <summary>The value below which this share of the times lies, between two of them where it must be.</summary>
    public double Quantile(double share)
    {
        if (sorted.Length == 0)
        {
            return 0;
        }

        var position = (share * (sorted.Length + 1)) - 1;
        var below = (int)Math.Clamp(Math.Floor(position), 0, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (Math.Clamp(position - below, 0, 1) * (sorted[above] - sorted[below]));
    }
}
