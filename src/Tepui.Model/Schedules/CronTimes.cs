using System.Numerics;

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

            var least = day == from.Date ? MinuteOf(from) : 0;
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

            var most = day == from.Date ? MinuteOf(from) : (24 * 60) - 1;
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

    /// <summary>How many there are from one time up to and with another, both whole minutes.</summary>
    public long Count(DateTime from, DateTime to)
    {
        var count = 0L;
        for (var day = from.Date; day <= to.Date;)
        {
            if (Month.Allows(day.Month) && AllowsDay(day))
            {
                count += CountMinutes(day == from.Date ? MinuteOf(from) : 0, day == to.Date ? MinuteOf(to) : (24 * 60) - 1);
            }

            if (!TryAdd(day, Month.Allows(day.Month) ? 1 : DateTime.DaysInMonth(day.Year, day.Month) - day.Day + 1, out day))
            {
                break;
            }
        }

        return count;
    }

    private static int MinuteOf(DateTime time) => (time.Hour * 60) + time.Minute;

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
                return (hour * 60) + BitOperations.TrailingZeroCount(left);
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
                return (hour * 60) + to - BitOperations.LeadingZeroCount(left);
            }
        }

        return null;
    }

    private int CountMinutes(int least, int most)
    {
        var count = 0;
        for (var hour = least / 60; hour <= most / 60; hour++)
        {
            if (Hour.Allows(hour))
            {
                var from = hour == least / 60 ? least % 60 : 0;
                var to = hour == most / 60 ? most % 60 : 59;
                count += BitOperations.PopCount(Minute.Mask >> from << (63 - to + from));
            }
        }

        return count;
    }

    private bool AllowsDay(DateTime at)
    {
        var isLast = at.Day == DateTime.DaysInMonth(at.Year, at.Month);
        var byMonth = Day.Allows(at.Day) || (isLast && (Day.Mask & CronFieldKind.LastDay) != 0);
        var byWeek = Weekday.Allows((int)at.DayOfWeek) || (at.DayOfWeek == DayOfWeek.Sunday && Weekday.Allows(7));
        return Day.IsAny || Weekday.IsAny ? byMonth && byWeek : byMonth || byWeek;
    }
}
