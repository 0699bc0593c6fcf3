using System.Globalization;
using Tepui.Protocol.V1;

namespace Tepui.Web;

/// <summary>Values as people read them.</summary>
public static class Show
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>At most two decimals, none when they are zero.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0.#" : "0.##", CultureInfo.InvariantCulture);

    /// <summary>A count, with separators.</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>How often something happens: decimals only where they tell something.</summary>
    public static string Rate(double value) => value.ToString(value < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Bytes in the unit that suits.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (Math.Abs(bytes) >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return $"{bytes.ToString(bytes >= 100 ? "0" : "0.#", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>A share of 0 to 1 in percent.</summary>
    public static string Percent(double? share) => share is { } value ? (100 * value).ToString(value is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A length of time in its largest unit or two.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalSeconds: < 60 } s => $"{(int)s.TotalSeconds} s",
        { TotalMinutes: < 60 } m => m.Seconds == 0 || m.TotalMinutes >= 10 ? $"{(int)m.TotalMinutes} min" : $"{m.Minutes} min {m.Seconds} s",
        { TotalHours: < 24 } h => h.Minutes == 0 ? $"{(int)h.TotalHours} h" : $"{(int)h.TotalHours} h {h.Minutes} min",
        var d => d.Hours == 0 ? $"{(int)d.TotalDays} d" : $"{(int)d.TotalDays} d {d.Hours} h",
    };

    /// <summary>How long ago something was.</summary>
    public static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is { } moment ? Ago(now - moment) : "–";

    /// <summary>How long ago something was.</summary>
    public static string Ago(TimeSpan span) => span.Duration().TotalSeconds < 1 ? "now" : $"{Span(span)} ago";

    /// <summary>How far off something is.</summary>
    public static string In(TimeSpan span) => span.Duration().TotalSeconds < 1 ? "now" : $"in {Span(span)}";

    /// <summary>A moment in full.</summary>
    public static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A moment in full, on the clock that its offset says.</summary>
    public static string MomentInZone(DateTimeOffset at) =>
        at.Offset == TimeSpan.Zero ? Moment(at) : at.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>How long something ran: in milliseconds below a second, with tenths below ten.</summary>
    public static string Duration(TimeSpan span) => span.TotalMilliseconds switch
    {
        < 0.5 => "0 ms",
        < 1 => "1 ms",
        < 999.5 and var ms => $"{ms.ToString("0", CultureInfo.InvariantCulture)} ms",
        < 9950 and var ms => $"{(ms / 1000).ToString("0.#", CultureInfo.InvariantCulture)} s",
        < 10_000 => "10 s",
        _ => Span(span),
    };

    /// <summary>A task's state without its prefix, as in <c>running</c>.</summary>
    public static string State(TaskState state) => state switch
    {
        TaskState.TaskGoneByOperator => "gone by operator",
        _ => state.ToString()["Task".Length..].ToLowerInvariant(),
    };

    /// <summary>How to colour a state: <c>good</c>, <c>busy</c>, <c>bad</c> or <c>muted</c>.</summary>
    public static string Tone(TaskState state) => state switch
    {
        TaskState.TaskRunning => "good",
        TaskState.TaskStaging or TaskState.TaskStarting or TaskState.TaskKilling => "busy",
        TaskState.TaskFinished or TaskState.TaskKilled => "muted",
        _ => "bad",
    };

    /// <summary>The moment of a TimeInfo; 0 means never.</summary>
    public static DateTimeOffset? Time(TimeInfo? time) => time is null or { Nanoseconds: 0 } ? null : DateTimeOffset.UnixEpoch.AddTicks(time.Nanoseconds / 100);

    /// <summary>The moment of a timestamp in seconds.</summary>
    public static DateTimeOffset Time(double seconds) =>
        double.IsFinite(seconds) && Math.Abs(seconds) < 2e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : DateTimeOffset.UnixEpoch;

    /// <summary>A long id, cut in the middle.</summary>
    public static string ShortId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length <= 20 ? id : $"{id[..6]}…{id[^10..]}";
    }
}
