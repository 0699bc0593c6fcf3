using System.Globalization;
using NodaTime;

namespace Tepui.Model.Schedules;

/// <summary>Reads <c>R[n]/[start]/period</c>, in the forms that Chronos takes.</summary>
internal static class IsoScheduleText
{
    /// <summary>Longest text that is read.</summary>
    public const int LengthMost = 200;

    private const string Form = "a schedule is R[count]/[start]/period, as in R5/2031-05-01T06:30:00Z/P1D";

    // Chronos refuses new jobs that begin before this second.
    private static readonly long LeastStart = DateTime.UnixEpoch.AddSeconds(1).Ticks;

    /// <summary>See <see cref="Schedule.ParseIso"/>.</summary>
    public static IsoSchedule? Parse(string text, string? zoneName, DateTimeOffset now, out ScheduleProblem? problem)
    {
        var periodAt = text.LastIndexOf('/') + 1;
        var startAt = text.IndexOf('/', StringComparison.Ordinal) + 1;
        problem = Check(text, startAt, periodAt);
        var count = problem is null ? Count(text, startAt - 1, out problem) : 0;
        var period = problem is null ? IsoPeriodText.Parse(text, periodAt, isZeroAllowed: count is 0 or 1, out problem) : default;
        if (problem is not null || ScheduleZone.Find(zoneName, out problem) is not { } zone)
        {
            return null;
        }

        return startAt == periodAt - 1
            ? FromNow(text, zone, count, period, now)
            : FromStart(text, string.IsNullOrEmpty(zoneName) ? null : zone, count, period, out problem);
    }

    private static IsoSchedule FromNow(string text, ScheduleZone zone, long count, IsoPeriod period, DateTimeOffset now)
    {
        var start = Math.Max(0, now.UtcTicks - TimeSpan.TicksPerSecond);
        start -= start % TimeSpan.TicksPerMillisecond;
        var wall = Math.Clamp(zone.Wall(start), 0, DateTime.MaxValue.Ticks);
        return new(text, zone, count, wall, start, period);
    }

    private static IsoSchedule? FromStart(string text, ScheduleZone? zone, long count, IsoPeriod period, out ScheduleProblem? problem)
    {
        var at = text.IndexOf('/', StringComparison.Ordinal) + 1;
        if (IsoStart.Parse(text, at, text.LastIndexOf('/'), out problem) is not { } start)
        {
            return null;
        }

        var within = zone ?? ScheduleZone.Fixed(start.Offset ?? Offset.Zero);
        var utc = within.ShiftedForward(start.WallTicks, start.Offset);
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            problem = new("the start is not within the years 1 to 9999 in UTC", at);
            return null;
        }

        if (utc < LeastStart)
        {
            problem = new($"the start is before 1970: '{text[at..text.LastIndexOf('/')]}'; schedules begin in 1970 at the earliest", at, IsBefore1970: true);
        }

        return new(text, within, count, start.WallTicks, utc, period);
    }

    private static ScheduleProblem? Check(string text, int startAt, int periodAt)
    {
        if (text.Length > LengthMost)
        {
            return new($"it has {text.Length} characters; at most {LengthMost} are allowed", LengthMost);
        }

        if (!text.StartsWith('R'))
        {
            return new(text.Length == 0 ? $"it is empty; {Form}" : $"'{TextCursor.Shorten(text)}' does not begin with R; {Form}", Offset: 0);
        }

        if (startAt == 0 || startAt == periodAt)
        {
            return new($"'{TextCursor.Shorten(text)}' has {(startAt == 0 ? "no" : "only one")} '/'; {Form}", text.Length);
        }

        var extra = text.IndexOf('/', startAt);
        return extra != periodAt - 1 ? new($"there is one '/' too many; {Form}", text.IndexOf('/', extra + 1)) : null;
    }

    // -1: for ever.
    private static long Count(string text, int end, out ScheduleProblem? problem)
    {
        problem = null;
        var digits = text.AsSpan(1, end - 1);
        if (digits.IsEmpty)
        {
            return -1;
        }

        if (digits.ContainsAnyExceptInRange('0', '9'))
        {
            problem = new($"the count '{TextCursor.Shorten(digits.ToString())}' is not a whole number; write R for ever, or R and digits, as in R5", Offset: 1);
            return 0;
        }

        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            problem = new($"the count '{TextCursor.Shorten(digits.ToString())}' is too large; at most {long.MaxValue} is allowed, and R alone is for ever", Offset: 1);
        }

        return count;
    }
}
