namespace Tepui.Runtime.Hosting;

/// <summary>Gives the memory of a burst back to the system once it is over. The collector by itself keeps what it once had, as it runs only when something is allocated.</summary>
public sealed class MemoryTrim : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Less than this within an interval is idleness; more than that since the last trim is a burst.
    private const long IdleBytes = 4L << 20;
    private const long BurstBytes = 128L << 20;

    private readonly ITimer _timer;
    private readonly Action _collect;
    private readonly Func<long> _allocated;
    private long _seen;
    private long _trimmed;

    private MemoryTrim(TimeProvider time, Func<long> allocated, Action collect)
    {
        _allocated = allocated;
        _collect = collect;
        _seen = _trimmed = allocated();
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Watches this process until disposed of. One is enough for a process.</summary>
    public static MemoryTrim Start() => Start(
        TimeProvider.System,
        () => GC.GetTotalAllocatedBytes(),
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    /// <summary>Watches with other senses, for tests.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="allocated">Bytes allocated since the start.</param>
    /// <param name="collect">Gives memory back.</param>
    public static MemoryTrim Start(TimeProvider time, Func<long> allocated, Action collect) => new(time, allocated, collect);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = _allocated();
        if (now - _seen < IdleBytes && now - _trimmed > BurstBytes)
        {
            _collect();
            _trimmed = now;
        }

        _seen = now;
    }
}
