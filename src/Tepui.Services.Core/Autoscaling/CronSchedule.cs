namespace Tepui.Services.Core.Autoscaling;

/// <summary>
/// Five-field cron expressions: minute, hour, day of month, month, day of week (0 and 7 are Sunday). When both days are restricted, either is enough.
/// </summary>
/// <remarks>
/// Times are those of a wall clock in a time zone. One that the clock skips (spring) comes at the first moment after the gap; one that it shows twice (autumn) counts the first time only.
/// </remarks>
public sealed class CronSchedule
{
    private const int FieldCount = 5;
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    // 29 February comes at least every eight years.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(366 * 8);

    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _day;
    private readonly CronField _month;
    private readonly CronField _weekday;

    private CronSchedule(CronField minute, CronField hour, CronField day, CronField month, CronField weekday)
    {
        _minute = minute;
        _hour = hour;
        _day = day;
        _month = month;
        _weekday = weekday;
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">As written.</param>
    /// <param name="problem">What is wrong with it, with what is allowed.</param>
    /// <returns>The schedule, or <see langword="null"/>.</returns>
    public static CronSchedule? Parse(string text, out string? problem)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != FieldCount)
        {
            problem = $"'{text}' has {fields.Length} fields; it must have five: minute, hour, day of month, month, day of week";
            return null;
        }

        var minute = CronField.Parse(fields[0], "minute", 0, 59, [], out var first);
        var hour = CronField.Parse(fields[1], "hour", 0, 23, [], out var second);
        var day = CronField.Parse(fields[2], "day of month", 1, 31, [], out var third);
        var month = CronField.Parse(fields[3], "month", 1, 12, Months, out var fourth);
        var weekday = CronField.Parse(fields[4], "day of week", 0, 7, Days, out var fifth);
        var problems = string.Join("; ", new[] { first, second, third, fourth, fifth }.OfType<string>());
        problem = problems.Length > 0 ? problems : null;
        return problem is null ? new(minute!, hour!, day!, month!, weekday!) : null;
    }

    /// <summary>The time zone with an IANA name; <see langword="null"/> if this machine does not know it.</summary>
    public static TimeZoneInfo? Zone(string name) =>
        name is "UTC" or "Etc/UTC" or "Z" ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>The first time after another one; <see langword="null"/> if there is none (30 February).</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var wall = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
        for (var candidate = NextWall(wall, wall + Horizon); candidate is { } found; candidate = NextWall(found.AddMinutes(1), wall + Horizon))
        {
            if (Instant(found, zone) is var instant && instant > after)
            {
                return instant;
            }
        }

        return null;
    }

    private static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        // Of two offsets, the larger one is the earlier time.
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc));
    }

    private DateTime? NextWall(DateTime from, DateTime end)
    {
        var at = from;
        while (at <= end)
        {
            if (!_month.Allows(at.Month))
            {
                at = new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1);
            }
            else if (!AllowsDay(at))
            {
                at = at.Date.AddDays(1);
            }
            else if (!_hour.Allows(at.Hour))
            {
                at = at.Date.AddHours(at.Hour + 1);
            }
            else if (!_minute.Allows(at.Minute))
            {
                at = at.AddMinutes(1);
            }
            else
            {
                return at;
            }
        }

        return null;
    }

    private bool AllowsDay(DateTime at)
    {
        var byMonth = _day.Allows(at.Day);
        var byWeek = _weekday.Allows((int)at.DayOfWeek) || (at.DayOfWeek == DayOfWeek.Sunday && _weekday.Allows(7));
        return _day.IsAny || _weekday.IsAny ? byMonth && byWeek : byMonth || byWeek;
    }
}
