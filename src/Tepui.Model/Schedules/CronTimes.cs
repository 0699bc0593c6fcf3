namespace Tepui.Model.Schedules;

/// <summary>Wall clock times of five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday). When both days are restricted, either is enough.</summary>
internal sealed record CronTimes(CronField Minute, CronField Hour, CronField Day, CronField Month, CronField Weekday)
{
    // 29 February on a given day of the week comes at least every forty years.
    private const int HorizonYears = 41;

    /// <summary>The first at or after a time; <see langword="null"/> if there is none (30 February).</summary>
    public DateTime? FirstAtOrAfter(DateTime from)
    {
        var endYear = Math.Min(DateTime.MaxValue.Year, from.Year + HorizonYears);
        var day = from.Date;
        while (day.Year <= endYear)
        {
            if (!Month.Allows(day.Month))
            {
                if (!TryAdd(new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Unspecified), 32, out var later))
                {
                    return null;
                }

                day = new DateTime(later.Year, later.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
                continue;
            }

            var least = day == from.Date ? (from.Hour * 60) + from.Minute : 0;
            if (AllowsDay(day) && FirstMinute(least) is { } minute)
            {
                return day.AddMinutes(minute);
            }

            if (!TryAdd(day, 1, out day))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The last at or before a time; <see langword="null"/> if there is none.</summary>
    public DateTime? LastAtOrBefore(DateTime from)
    {
        var endYear = Math.Max(DateTime.MinValue.Year, from.Year - HorizonYears);
        var day = from.Date;
        while (day.Year >= endYear)
        {
            if (!Month.Allows(day.Month))
            {
                if (!TryAdd(day, -day.Day, out day))
                {
                    return null;
                }

                continue;
            }

            var most = day == from.Date ? (from.Hour * 60) + from.Minute : (24 * 60) - 1;
            if (AllowsDay(day) && LastMinute(most) is { } minute)
            {
                return day.AddMinutes(minute);
            }

            if (!TryAdd(day, -1, out day))
            {
                return null;
            }
        }

        return null;
    }

    private static bool TryAdd(DateTime day, int days, out DateTime result)
    {
        var ticks = day.Ticks + (days * TimeSpan.TicksPerDay);
        var isWithin = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        result = isWithin ? new DateTime(ticks, DateTimeKind.Unspecified) : default;
        return isWithin;
    }

    // Minutes of the day.
    private int? FirstMinute(int least)
    {
        for (var hour = least / 60; hour < 24; hour++)
        {
            var from = hour == least / 60 ? least % 60 : 0;
            if (Hour.Allows(hour) && Minute.Mask >> from << from is var left and not 0)
            {
                return (hour * 60) + System.Numerics.BitOperations.TrailingZeroCount(left);
            }
        }

        return null;
    }

    private int? LastMinute(int most)
    {
        for (var hour = most / 60; hour >= 0; hour--)
        {
            var to = hour == most / 60 ? most % 60 : 59;
            if (Hour.Allows(hour) && (Minute.Mask << (63 - to)) is var left and not 0)
            {
                return (hour * 60) + to - System.Numerics.BitOperations.LeadingZeroCount(left);
            }
        }

        return null;
    }

    private bool AllowsDay(DateTime at)
    {
        var isLast = at.Day == DateTime.DaysInMonth(at.Year, at.Month);
        var byMonth = Day.Allows(at.Day) || (isLast && (Day.Mask & CronFieldKind.LastDay) != 0);
        var byWeek = Weekday.Allows((int)at.DayOfWeek) || (at.DayOfWeek == DayOfWeek.Sunday && Weekday.Allows(7));
        return Day.IsAny || Weekday.IsAny ? byMonth && byWeek : byMonth || byWeek;
    }
}
