using Microsoft.Extensions.Logging;

namespace Tepui.Runtime.Logs;

/// <summary>How much is logged, as a number an operator can raise for a while: 0 what operators care about, 1 details, 2 everything.</summary>
public sealed class LoggingLevel : IDisposable
{
    /// <summary>Longest time a level may be set for.</summary>
    public static readonly TimeSpan DurationMax = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly ITimer _back;
    private readonly uint _original;
    private uint _level;

    /// <summary>Starts at <paramref name="level"/>.</summary>
    public LoggingLevel(uint level = 0, TimeProvider? time = null)
    {
        _original = _level = level;
        _back = (time ?? TimeProvider.System).CreateTimer(_ => Set(_original), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The level it started at and comes back to.</summary>
    public uint Original => _original;

    /// <summary>The level in force.</summary>
    public uint Level => Volatile.Read(ref _level);

    /// <summary>The least severe log lines to let through.</summary>
    public LogLevel Minimum => Level switch
    {
        0 => LogLevel.Information,
        1 => LogLevel.Debug,
        _ => LogLevel.Trace,
    };

    /// <summary>Sets the level, for <paramref name="duration"/>; after that the original one is back.</summary>
    public void Set(uint level, TimeSpan duration)
    {
        lock (_gate)
        {
            Set(level);
            _back.Change(duration, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _back.Dispose();

    private void Set(uint level) => Volatile.Write(ref _level, level);
}
