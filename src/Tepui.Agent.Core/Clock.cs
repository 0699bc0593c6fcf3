using Tepui.Protocol.V1;

namespace Tepui.Agent.Core;

/// <summary>Arithmetic on times that come from outside: never overflows, never throws.</summary>
internal static class Clock
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(3650);

    /// <summary>Nanoseconds since 1970.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>Seconds since 1970, to the microsecond.</summary>
    public static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10 / 1e6;

    public static DateTimeOffset FromNanoseconds(long nanoseconds) => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(nanoseconds / 100);

    /// <summary>Seconds as a wait: nothing below zero, nothing beyond ten years.</summary>
    public static TimeSpan Wait(double seconds) =>
        double.IsNaN(seconds) || seconds <= 0 ? TimeSpan.Zero
        : seconds >= LongestWait.TotalSeconds ? LongestWait
        : TimeSpan.FromSeconds(seconds);

    /// <summary>A duration as a wait: nothing below zero, nothing beyond ten years.</summary>
    public static TimeSpan Wait(DurationInfo duration) => Wait(duration.Nanoseconds / 1e9);

    public static DateTimeOffset Plus(DateTimeOffset time, TimeSpan wait) => time + Least(wait, LongestWait);

    public static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    public static TimeSpan Most(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
