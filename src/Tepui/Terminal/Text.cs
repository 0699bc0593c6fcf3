using Tepui.Protocol.V1;

namespace Tepui.Terminal;

/// <summary>How the command line prints the pool's words.</summary>
internal static class Text
{
    // Somewhat before the year 3000.
    private const double SecondsMax = 3.2e10;

    /// <summary>A task state as people say it, as in <c>running</c>.</summary>
    public static string Of(TaskState state) => state.ToString()["Task".Length..].ToLowerInvariant();

    /// <summary>The same for the wire's name of a state, as in <c>TASK_RUNNING</c>; <c>-</c> for none.</summary>
    public static string State(string? wire) => wire is null ? "-" : (wire.StartsWith("TASK_", StringComparison.Ordinal) ? wire[5..] : wire).ToLowerInvariant();

    /// <summary>A time as the REST APIs write it.</summary>
    public static string Iso(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") : "-";

    /// <summary>A scalar of a list of resources, summed, as in <c>0.1</c>.</summary>
    public static string Scalar(IEnumerable<Resource> resources, string name) =>
        Math.Round(resources.Where(resource => resource.Name == name).Sum(resource => resource.Scalar?.Value ?? 0), 3).ToString("0.###");

    /// <summary>How long ago, as in <c>3m</c>; empty for an unset time.</summary>
    public static string Age(DateTimeOffset? then, DateTimeOffset now)
    {
        if (then is not { } since)
        {
            return "";
        }

        var age = now - since;
        return age switch
        {
            { TotalSeconds: < 0 } => "0s",
            { TotalSeconds: < 120 } => $"{(int)age.TotalSeconds}s",
            { TotalMinutes: < 120 } => $"{(int)age.TotalMinutes}m",
            { TotalHours: < 48 } => $"{(int)age.TotalHours}h",
            _ => $"{(int)age.TotalDays}d",
        };
    }

    /// <summary>Seconds since 1970 as executors report them; nothing when they cannot be meant, as of one that counts nanoseconds.</summary>
    public static DateTimeOffset? Time(double seconds) => Math.Abs(seconds) < SecondsMax ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>A wire time.</summary>
    public static DateTimeOffset? Time(TimeInfo? time) =>
        time is null ? null : DateTimeOffset.UnixEpoch.AddTicks(time.Nanoseconds / 100);
}
