using System.Globalization;

namespace Tepui.Model.Schedules;

/// <summary>Reads dates of ISO 8601: calendar, ordinal and week dates, with hyphens.</summary>
internal static class IsoDate
{
    private const string Form = "a date is year-month-day, as in 2031-05-01, year-day of year, as in 2031-121, or year-week-day, as in 2031-W18-4";

    /// <summary>Reads one; what is missing at its end is 1.</summary>
    public static DateTime? Parse(TextCursor cursor, out ScheduleProblem? problem)
    {
        var at = cursor.At;
        var rest = cursor.Rest;
        var sign = cursor.TakeSign();
        var (year, digits) = cursor.TakeDigits();
        if (digits == 0)
        {
            problem = new($"the start '{rest}' does not begin with a year; {Form}", at);
            return null;
        }

        if (sign < 0 || year is < 1 or > 9999)
        {
            problem = new($"the year of the start '{rest}' is not within 1 to 9999; {Form}", at);
            return null;
        }

        problem = null;
        if (!cursor.Take('-'))
        {
            return new DateTime((int)year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        }

        return cursor.Take('W') ? WeekDate(cursor, (int)year, out problem)
            : cursor.CountDigits() == 3 ? OrdinalDate(cursor, (int)year, out problem)
            : CalendarDate(cursor, (int)year, out problem);
    }

    private static DateTime? CalendarDate(TextCursor cursor, int year, out ScheduleProblem? problem)
    {
        if (Number(cursor, 2, "month", 1, 12, out problem) is not { } month)
        {
            return null;
        }

        var day = 1;
        if (cursor.Take('-'))
        {
            var days = DateTime.DaysInMonth(year, month);
            if (Number(cursor, 2, string.Create(CultureInfo.InvariantCulture, $"day of {year:0000}-{month:00}"), 1, days, out problem) is not { } number)
            {
                return null;
            }

            day = number;
        }

        return new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
    }

    private static DateTime? OrdinalDate(TextCursor cursor, int year, out ScheduleProblem? problem)
    {
        var days = DateTime.IsLeapYear(year) ? 366 : 365;
        return Number(cursor, 3, $"day of {year}", 1, days, out problem) is { } day ? new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(day - 1) : null;
    }

    private static DateTime? WeekDate(TextCursor cursor, int year, out ScheduleProblem? problem)
    {
        var at = cursor.At;
        if (Number(cursor, 2, "week", 1, ISOWeek.GetWeeksInYear(year), out problem) is not { } week)
        {
            return null;
        }

        var day = 1;
        if (cursor.Take('-'))
        {
            if (Number(cursor, 1, "day of the week", 1, 7, out problem) is not { } number)
            {
                return null;
            }

            day = number;
        }

        // The last week of 9999 ends in 10000.
        if (year == 9999 && week == 52 && day > 5)
        {
            problem = new("the start is not within the years 1 to 9999", at);
            return null;
        }

        return ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7));
    }

    private static int? Number(TextCursor cursor, int digitsMost, string name, int least, int most, out ScheduleProblem? problem)
    {
        var at = cursor.At;
        var rest = cursor.Rest;
        var (value, digits) = cursor.TakeDigits(digitsMost);
        problem = digits == 0 ? new($"the {name} is missing at '{rest}'; {Form}", at)
            : value < least || value > most ? new($"the {name} is {value}; it must be from {least} to {most}", at)
            : null;
        return problem is null ? (int)value : null;
    }
}
