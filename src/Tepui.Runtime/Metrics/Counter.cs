namespace Tepui.Runtime.Metrics;

/// <summary>Counts events; callable from any thread.</summary>
public sealed class Counter
{
    private long _value;

    /// <summary>Events so far.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <summary>Counts one.</summary>
    public void Increment() => Interlocked.Increment(ref _value);

    /// <summary>Counts many at once; never negative.</summary>
    public void Add(long count) => Interlocked.Add(ref _value, count);
}
