using Tepui.Protocol.V1;

namespace Tepui.Model.Offers;

/// <summary>Planned maintenance of an agent.</summary>
public static class MaintenanceWindow
{
    /// <summary>Whether it is on, or begins soon.</summary>
    /// <param name="window">As offers have it; <see langword="null"/>: none is planned.</param>
    /// <param name="now">The time.</param>
    /// <param name="ahead">How soon.</param>
    public static bool IsNear(Unavailability? window, DateTimeOffset now, TimeSpan ahead)
    {
        if (window?.Start is not { } start)
        {
            return false;
        }

        var begin = DateTimeOffset.UnixEpoch.AddTicks(start.Nanoseconds / 100);
        var isOver = window.Duration is { } duration && begin.AddTicks(duration.Nanoseconds / 100) <= now;
        return !isOver && begin <= now + ahead;
    }
}
