namespace Tepui.Master.Core;

/// <summary>Times as the wire has them.</summary>
internal static class WireTime
{
    /// <summary>Seconds since 1970, to the microsecond.</summary>
    public static double Seconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10 / 1e6;

    /// <summary>Nanoseconds since 1970.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    /// <summary>From nanoseconds since 1970; what is out of range becomes the nearest end.</summary>
    public static DateTimeOffset FromNanoseconds(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    /// <summary>As a message.</summary>
    public static Protocol.V1.TimeInfo Wire(DateTimeOffset time) => new() { Nanoseconds = Nanoseconds(time) };

    /// <summary><paramref name="time"/> later, or as late as can be told.</summary>
    public static DateTimeOffset Later(DateTimeOffset now, TimeSpan time) =>
        time > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + time;

    /// <summary>A duration from seconds; below zero is zero, too long is the longest there is, and what is no number is zero.</summary>
    public static TimeSpan Duration(double seconds) =>
        !(seconds > 0) ? TimeSpan.Zero : seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
}
