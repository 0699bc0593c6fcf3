namespace Tepui.Containers.Connection;

/// <summary>When a container started or ended, as the supervisor tells it.</summary>
internal static class TimeTold
{
    private static readonly ulong Latest = (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Milliseconds since 1970 as a time.</summary>
    public static DateTimeOffset Read(ulong milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(milliseconds, Latest));
}
