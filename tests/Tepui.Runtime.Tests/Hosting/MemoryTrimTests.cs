using Tepui.Runtime.Hosting;

namespace Tepui.Runtime.Tests.Hosting;

public sealed class MemoryTrimTests
{
    private const long Mib = 1 << 20;
    private readonly Ticker _time = new();
    private long _allocated;
    private int _collected;

    [Fact]
    public void Look_BurstOver_CollectsOnce()
    {
        using var trim = MemoryTrim.Start(_time, () => _allocated, () => _collected++);

        Pass(500 * Mib);
        Assert.Equal(0, _collected);
        Pass(1 * Mib);
        Assert.Equal(1, _collected);
        Pass(1 * Mib);
        Pass(1 * Mib);
        Assert.Equal(1, _collected);
    }

    [Fact]
    public void Look_Busy_LeavesTheCollectorAlone()
    {
        using var trim = MemoryTrim.Start(_time, () => _allocated, () => _collected++);

        for (var i = 0; i < 100; i++)
        {
            Pass(10 * Mib);
        }

        Assert.Equal(0, _collected);
    }

    [Fact]
    public void Look_LittleAllocated_LeavesTheCollectorAlone()
    {
        using var trim = MemoryTrim.Start(_time, () => _allocated, () => _collected++);

        Pass(100 * Mib);
        Pass(0);

        Assert.Equal(0, _collected);
    }

    private void Pass(long allocated)
    {
        _allocated += allocated;
        _time.Tick!();
    }

    private sealed class Ticker : TimeProvider
    {
        public Action? Tick { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Tick = () => callback(state);
            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
