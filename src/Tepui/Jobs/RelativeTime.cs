using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Times as seen from now.</summary>
internal static class RelativeTime
{
    /// <summary>As in <c>in 5m</c> or <c>3h ago</c>; <c>-</c> for none.</summary>
    public static string Of(DateTimeOffset? time, DateTimeOffset now) => time switch
    {
        null => "-",
        { } at when at > now => $"in {Text.Age(now, at)}",
        { } at => $"{Text.Age(at, now)} ago",
    };

    /// <summary>A length of time as in <c>84ms</c>, <c>2.5s</c> or <c>12m</c>; <c>-</c> for none.</summary>
    public static string Length(double? seconds) => seconds switch
    {
        null => "-",
        < 0.9995 => $"{Math.Round(seconds.Value * 1000):0}ms",
        < 120 => $"{Fields.Plain(Math.Round(seconds.Value, 1))}s",
        < 7200 => $"{seconds.Value / 60:0}m",
        < 172800 => $"{seconds.Value / 3600:0}h",
        _ => $"{seconds.Value / 86400:0}d",
    };
}
