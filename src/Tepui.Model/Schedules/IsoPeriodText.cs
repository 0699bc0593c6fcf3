namespace Tepui.Model.Schedules;

/// <summary>Reads the period of a schedule: <c>P[nY][nM][nW][nD][T[nH][nM][n[.n]S]]</c>.</summary>
internal static class IsoPeriodText
{
    // Schedules are looked at about once a second; a shorter period could only merge its due times.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private const long PartMost = 999_999_999;
    private const string Form = "a period is P, then numbers with Y, M, W, D, then T and numbers with H, M, S, each at most once and in this order, as in P1D or PT1H30M";

    /// <summary>Reads it.</summary>
    /// <param name="text">The whole schedule.</param>
    /// <param name="at">Where the period begins.</param>
    /// <param name="isZeroAllowed">There is no second due time, so no length is needed.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static IsoPeriod Parse(string text, int at, bool isZeroAllowed, out ScheduleProblem? problem)
    {
        var cursor = new TextCursor(text, at, text.Length);
        if (at == text.Length || text[at] != 'P')
        {
            problem = new($"the period '{cursor.Rest}' does not begin with P; {Form}", at);
            return default;
        }

        cursor.Take('P');
        var period = Parts(cursor, out problem);
        if (problem is not null || (period.IsZero && isZeroAllowed))
        {
            return period;
        }

        if (!period.HasDates && period.Ticks < Shortest.Ticks)
        {
            problem = new($"the period '{text[at..]}' is {(period.IsZero ? "zero" : "too short")}; it must be one second (PT1S) or longer", at);
        }

        return period;
    }

    private static IsoPeriod Parts(TextCursor cursor, out ScheduleProblem? problem)
    {
        long months = 0, days = 0, ticks = 0;
        var units = "YMWD";
        var inTime = false;
        problem = null;
        while (!cursor.IsAtEnd)
        {
            if (!inTime && cursor.Take('T'))
            {
                inTime = true;
                units = "HMS";
                continue;
            }

            if (Part(cursor, units, out problem) is not { } part)
            {
                return default;
            }

            units = units[(units.IndexOf(part.Unit, StringComparison.Ordinal) + 1)..];
            switch (part.Unit)
            {
                case 'Y': months += 12 * part.Value; break;
                case 'M' when !inTime: months += part.Value; break;
                case 'W': days += 7 * part.Value; break;
                case 'D': days += part.Value; break;
                case 'H': ticks += Cut(part.Value, TimeSpan.TicksPerHour); break;
                case 'M': ticks += Cut(part.Value, TimeSpan.TicksPerMinute); break;
                default: ticks += Cut(part.Value, TimeSpan.TicksPerSecond) + part.Fraction; break;
            }
        }

        return new((int)Math.Min(months, IsoPeriod.MonthsMost), (int)Math.Min(days, IsoPeriod.DaysMost), Math.Min(ticks, IsoPeriod.TicksMost));
    }

    // Three of these can be added.
    private static long Cut(long value, long unitTicks) => value > IsoPeriod.TicksMost / unitTicks ? IsoPeriod.TicksMost / 2 : value * unitTicks;

    private static (char Unit, long Value, long Fraction)? Part(TextCursor cursor, string units, out ScheduleProblem? problem)
    {
        var at = cursor.At;
        var rest = cursor.Rest;
        var (value, digits) = cursor.TakeDigits();
        var unitAt = cursor.At;
        var fraction = cursor.TakeFraction(TimeSpan.TicksPerSecond);
        var hasFraction = cursor.At > unitAt;
        if (digits > 0 && value <= PartMost && fraction >= 0)
        {
            foreach (var unit in units)
            {
                if ((!hasFraction || unit == 'S') && cursor.Take(unit))
                {
                    problem = null;
                    return (unit, value, fraction);
                }
            }
        }

        problem = value > PartMost
            ? new($"'{rest}' has a number above {PartMost}, the largest allowed in a period", at)
            : hasFraction && digits > 0 && fraction >= 0 && !cursor.IsAtEnd ? new($"'{rest}': only seconds may have a fraction, as in PT1.5S", unitAt)
            : new($"the period cannot be read at '{rest}'; {Form}", digits > 0 ? cursor.At : at);
        return null;
    }
}
