using NodaTime;

namespace Tepui.Model.Schedules;

/// <summary>Reads times of day and offsets of ISO 8601, with colons.</summary>
internal static class IsoTime
{
    /// <summary>How a start is written.</summary>
    public const string Form = "a start is a date and a time with an offset, as in 2031-05-01T06:30:00Z or 2031-05-01T06:30:00+02:00";

    private static readonly (string Name, long Ticks, int Most)[] Parts =
    [
        ("hour", TimeSpan.TicksPerHour, 23),
        ("minute", TimeSpan.TicksPerMinute, 59),
        ("second", TimeSpan.TicksPerSecond, 59),
    ];

    /// <summary>Reads hours, minutes, seconds, or fewer; the last may have a fraction. Nothing is midnight.</summary>
    /// <returns>Ticks since midnight, whole milliseconds.</returns>
    public static long Parse(TextCursor cursor, out ScheduleProblem? problem)
    {
        problem = null;
        var ticks = 0L;
        if (cursor.CountDigits() == 0)
        {
            return ticks;
        }

        foreach (var part in Parts)
        {
            if (part.Ticks != TimeSpan.TicksPerHour && !cursor.Take(':'))
            {
                break;
            }

            ticks += Number(cursor, part.Name, part.Most, out problem) * part.Ticks;
            var at = cursor.At;
            var fraction = problem is null ? cursor.TakeFraction(part.Ticks) : 0;
            if (fraction < 0)
            {
                problem = new($"digits are missing at '{cursor.Rest}'; {Form}", cursor.At);
            }

            if (problem is not null || cursor.At > at)
            {
                return ticks + fraction;
            }
        }

        return ticks;
    }

    /// <summary>Reads <c>Z</c>, <c>+02</c>, <c>+0200</c>, <c>+02:00</c> or <c>+02:00:00</c>.</summary>
    /// <returns>The offset; <see langword="null"/> if there is none.</returns>
    public static Offset? ParseOffset(TextCursor cursor, out ScheduleProblem? problem)
    {
        problem = null;
        if (cursor.Take('Z'))
        {
            return Offset.Zero;
        }

        var at = cursor.At;
        var rest = cursor.Rest;
        var sign = cursor.TakeSign();
        if (sign == 0)
        {
            return null;
        }

        var seconds = Number(cursor, "hour of the offset", 23, out problem) * 3600;
        foreach (var part in Parts.AsSpan(1))
        {
            if (problem is null && (cursor.Take(':') || cursor.CountDigits() > 0))
            {
                seconds += Number(cursor, $"{part.Name} of the offset", 59, out problem) * (int)(part.Ticks / TimeSpan.TicksPerSecond);
            }
        }

        if (problem is null && seconds > Offset.MaxValue.Seconds)
        {
            problem = new($"the offset '{rest}' is longer than 18 hours, the most allowed", at);
        }

        return problem is null ? Offset.FromSeconds(sign * seconds) : null;
    }

    private static int Number(TextCursor cursor, string name, int most, out ScheduleProblem? problem)
    {
        var at = cursor.At;
        var rest = cursor.Rest;
        var (value, digits) = cursor.TakeDigits(2);
        problem = digits == 0 ? new($"the {name} is missing at '{rest}'; {Form}", at)
            : value > most ? new($"the {name} is {value}; it must be from 0 to {most}", at)
            : null;
        return problem is null ? (int)value : 0;
    }
}
