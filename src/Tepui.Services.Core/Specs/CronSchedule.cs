using System.Globalization;

namespace Tepui.Services.Core.Specs;

/// <summary>Times told by five fields: minute, hour, day of month, month, day of week. Fields are <c>*</c>, numbers, ranges, steps and lists of them; months and days of the week also go by their English names.</summary>
/// <remarks>Where both the day of month and the day of week are restricted, either of them makes a day. Sunday is 0 and 7.</remarks>
public sealed class CronSchedule
{
    private static readonly Field[] Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, []),
        new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        new("day of week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    private readonly ulong[] _sets;
    private readonly bool _isEitherDay;

    private CronSchedule(ulong[] sets, bool isEitherDay)
    {
        _sets = sets;
        _isEitherDay = isEitherDay;
    }

    /// <summary>Reads five fields.</summary>
    /// <param name="text">As written.</param>
    /// <param name="schedule">The times; unset when something is wrong.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? TryParse(string text, out CronSchedule? schedule)
    {
        schedule = null;
        var parts = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Fields.Length)
        {
            return $"'{text}' has {parts.Length} fields; a schedule has five: minute, hour, day of month, month, day of week";
        }

        var sets = new ulong[Fields.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            if (!TryParse(parts[index], Fields[index], out sets[index]))
            {
                var field = Fields[index];
                return $"'{parts[index]}' is not a {field.Name}: use *, numbers {field.Min} to {field.Max}, ranges, steps and lists of them";
            }
        }

        sets[4] = (sets[4] | (sets[4] >> 7)) & 0x7F;
        schedule = new(sets, parts[2][0] != '*' && parts[4][0] != '*');
        return null;
    }

    /// <summary>Whether a minute, told by the wall clock of the schedule's time zone, is one of the times.</summary>
    public bool Includes(DateTime minute) => Has(0, minute.Minute) && Has(1, minute.Hour) && IncludesDay(minute);

    /// <summary>The first time after <paramref name="after"/>, in a time zone. A time that the clock leaves out in spring is met when it goes on; one that it shows twice in autumn is met once.</summary>
    /// <param name="after">Not included.</param>
    /// <param name="zone">Whose wall clock counts.</param>
    /// <returns><see langword="null"/> when there is none within five years, as on 30 February.</returns>
    public DateTimeOffset? NextAfter(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var minute = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        var last = minute.AddYears(5);
        while (minute < last)
        {
            if (!IncludesDay(minute))
            {
                minute = minute.Date.AddDays(1);
            }
            else if (!Has(1, minute.Hour))
            {
                minute = minute.Date.AddHours(minute.Hour + 1);
            }
            else if (!Has(0, minute.Minute))
            {
                minute = minute.AddMinutes(1);
            }
            else if (Instant(minute, zone) is var instant && instant > after)
            {
                return instant;
            }
            else
            {
                minute = minute.AddMinutes(1);
            }
        }

        return null;
    }

    // A wall clock time that is left out is read with the offset from before, so it lands behind the gap; one that is shown twice is the first of the two.
    private static DateTimeOffset Instant(DateTime minute, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(minute))
        {
            return new DateTimeOffset(minute, zone.GetUtcOffset(minute.AddHours(-3))).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(minute) ? zone.GetAmbiguousTimeOffsets(minute).Max() : zone.GetUtcOffset(minute);
        return new DateTimeOffset(minute, offset).ToUniversalTime();
    }

    private static bool TryParse(string text, Field field, out ulong set)
    {
        set = 0;
        foreach (var part in text.Split(','))
        {
            var step = 1;
            var range = part;
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0)
            {
                if (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1)
                {
                    return false;
                }

                range = part[..slash];
            }

            if (!TryRange(range, field, slash >= 0, out var from, out var to))
            {
                return false;
            }

            for (var value = from; value <= to; value += step)
            {
                set |= 1UL << value;
            }
        }

        return set != 0;
    }

    private static bool TryRange(string text, Field field, bool hasStep, out int from, out int to)
    {
        (from, to) = (field.Min, field.Max);
        if (text == "*")
        {
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!TryValue(dash < 0 ? text : text[..dash], field, out from))
        {
            return false;
        }

        if (dash < 0)
        {
            to = hasStep ? field.Max : from;
            return true;
        }

        return TryValue(text[(dash + 1)..], field, out to) && from <= to;
    }

    private static bool TryValue(string text, Field field, out int value)
    {
        var name = Array.FindIndex(field.Names, each => each.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
        {
            value = name + field.Min;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= field.Min && value <= field.Max;
    }

    private bool IncludesDay(DateTime day)
    {
        if (!Has(3, day.Month))
        {
            return false;
        }

        var (ofMonth, ofWeek) = (Has(2, day.Day), Has(4, (int)day.DayOfWeek));
        return _isEitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private bool Has(int field, int value) => (_sets[field] & (1UL << value)) != 0;

    private sealed record Field(string Name, int Min, int Max, string[] Names);
}
