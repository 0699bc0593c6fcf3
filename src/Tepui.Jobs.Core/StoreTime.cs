namespace Tepui.Jobs.Core;

/// <summary>Times as the store has them: 100 ns since 1970, so that nothing is rounded.</summary>
internal static class StoreTime
{
    private static readonly long Least = DateTimeOffset.MinValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
    private static readonly long Most = DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>For the store.</summary>
    public static long Write(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>From the store, in UTC.</summary>
    public static DateTimeOffset Read(long stored) => new(Math.Clamp(stored, Least, Most) + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero);
}
