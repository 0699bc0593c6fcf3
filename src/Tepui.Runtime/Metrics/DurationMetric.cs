namespace Tepui.Runtime.Metrics;

/// <summary>Times of one kind of work: the last one, and percentiles over a window (the last hour, at most the newest 10,000). Callable from any thread.</summary>
/// <param name="time">The clock.</param>
public sealed class DurationMetric(TimeProvider time)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Queue<(long At, double Milliseconds)> _recent = new();
    private double? _last;

    /// <summary>Records one run.</summary>
    public void Record(TimeSpan took)
    {
        var milliseconds = took.TotalMilliseconds;
        lock (_gate)
        {
            _last = milliseconds;
            if (_recent.Count == Capacity)
            {
                _recent.Dequeue();
            }

            _recent.Enqueue((time.GetTimestamp(), milliseconds));
        }
    }

    /// <summary>The last time in milliseconds, or <see langword="null"/> before the first.</summary>
    public double? Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>The times of the window in milliseconds, sorted.</summary>
    public double[] Sorted()
    {
        double[] values;
        lock (_gate)
        {
            while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > s_window)
            {
                _recent.Dequeue();
            }

            values = [.. _recent.Select(r => r.Milliseconds)];
        }

        Array.Sort(values);
        return values;
    }

    /// <summary>The value below which a share of <paramref name="sorted"/> lies, interpolated between neighbours.</summary>
    public static double Percentile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
