using System.Globalization;

namespace Tepui.Model.Schedules;

/// <summary>
/// <c>R[n]/start/period</c>. Due time k is <c>start + k * period</c>: k times the years and months, then k times the weeks and days, on the wall clock of the zone
/// (a day that a month lacks is its last one), then k times the hours, minutes and seconds as absolute time. So no rounding adds up.
/// </summary>
/// <remarks>
/// Due times never decrease with k: wall clock dates grow by a day or more, and no zone ever skipped more than a day. They are equal only for <c>P1D</c> on a skipped day.
/// </remarks>
internal sealed class IsoSchedule : Schedule
{
    private readonly long _count;
    private readonly long _startWall;
    private readonly long _startUtc;
    private readonly IsoPeriod _period;

    /// <summary>A schedule of checked parts.</summary>
    /// <param name="text">As written.</param>
    /// <param name="zone">Zone.</param>
    /// <param name="count">Wanted due times; -1: for ever.</param>
    /// <param name="startWall">Wall clock time of the start.</param>
    /// <param name="startUtc">Instant of the start.</param>
    /// <param name="period">Zero only when there is no second due time.</param>
    public IsoSchedule(string text, ScheduleZone zone, long count, long startWall, long startUtc, IsoPeriod period)
        : base(text, zone)
    {
        _count = count;
        _startWall = startWall;
        _startUtc = startUtc;
        _period = period;
    }

    /// <inheritdoc/>
    public override long? Count => _count < 0 ? null : _count;

    /// <inheritdoc/>
    public override string AnchoredText => Text.Contains("//", StringComparison.Ordinal) ? TextFrom(Instant(_startUtc), Count) : Text;

    /// <inheritdoc/>
    public override DateTimeOffset? FirstAtOrAfter(DateTimeOffset time) => At(IndexAtOrAfter(time.UtcTicks)) is { } ticks ? Instant(ticks) : null;

    /// <inheritdoc/>
    public override DateTimeOffset? LastAtOrBefore(DateTimeOffset time)
    {
        var index = IndexAtOrAfter(time.UtcTicks + 1) - 1;
        return index < 0 ? null : Instant(At(index)!.Value);
    }

    /// <inheritdoc/>
    public override long CountBetween(DateTimeOffset from, DateTimeOffset to, long most)
    {
        if (to < from || most <= 0)
        {
            return 0;
        }

        var first = IndexAtOrAfter(from.UtcTicks);
        var end = IndexAtOrAfter(to.UtcTicks + 1);
        return Math.Min(most, end - first - Twins(first, end));
    }

    /// <inheritdoc/>
    public override string TextFrom(DateTimeOffset next, long? remaining)
    {
        var period = Text[(Text.LastIndexOf('/') + 1)..];
        return string.Create(CultureInfo.InvariantCulture, $"R{remaining}/{IsoStart.Print(next.UtcTicks, Zone)}/{period}");
    }

    private static DateTimeOffset Instant(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    // Instant of due time k; null if that is after the year 9999.
    private long? At(long k)
    {
        if (k == 0)
        {
            return _startUtc;
        }

        if (_period.IsZero)
        {
            return null;
        }

        var ticks = (Int128)(_period.HasDates ? 0 : _startUtc);
        if (_period.HasDates)
        {
            if (WallDate(k) is not { } wall)
            {
                return null;
            }

            ticks = Zone.ShiftedForward(wall);
        }

        ticks += (Int128)k * _period.Ticks;
        return ticks >= 0 && IsWithin((long)Int128.Min(ticks, long.MaxValue)) ? (long)ticks : null;
    }

    // Both in UTC and on the wall clock of the zone it is the year 9999 at the latest.
    private bool IsWithin(long ticks) => ticks < DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay || (ticks <= DateTime.MaxValue.Ticks && Zone.Wall(ticks) <= DateTime.MaxValue.Ticks);

    // Wall clock of due time k before its hours, minutes and seconds; null if that is after the year 9999.
    private long? WallDate(long k)
    {
        var start = new DateTime(_startWall, DateTimeKind.Unspecified);
        var months = (Int128)k * _period.Months;
        if (months > IsoPeriod.MonthsMost || (start.Year * 12) + start.Month - 1 + months > (9999 * 12) + 11)
        {
            return null;
        }

        var ticks = start.AddMonths((int)months).Ticks + ((Int128)k * _period.Days * TimeSpan.TicksPerDay);
        return ticks <= DateTime.MaxValue.Ticks ? (long)ticks : null;
    }

    // The least k whose due time is not before an instant; one past the last one if there is none. A guess from the mean length, then ever longer steps, then halves.
    private long IndexAtOrAfter(long utcTicks)
    {
        if (utcTicks <= _startUtc)
        {
            return 0;
        }

        if (_period.IsZero)
        {
            return 1;
        }

        var guess = (long)(((Int128)utcTicks - _startUtc) / _period.MeanTicks);
        var (below, above) = IsBefore(guess, utcTicks) ? Upwards(guess, utcTicks) : Downwards(guess, utcTicks);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            (below, above) = IsBefore(middle, utcTicks) ? (middle, above) : (below, middle);
        }

        return above;
    }

    private (long Below, long Above) Upwards(long from, long utcTicks)
    {
        var step = 1L;
        while (IsBefore(from + step, utcTicks))
        {
            from += step;
            step *= 2;
        }

        return (from, from + step);
    }

    // Due time 0 is known to be before the instant.
    private (long Below, long Above) Downwards(long from, long utcTicks)
    {
        var step = 1L;
        while (from - step > 0 && !IsBefore(from - step, utcTicks))
        {
            from -= step;
            step *= 2;
        }

        return (Math.Max(0, from - step), from);
    }

    private bool IsBefore(long k, long utcTicks) => At(k) is { } ticks && ticks < utcTicks;

    // How many of [first, end) equal the one before them: daily due times on days that the zone skipped.
    private long Twins(long first, long end)
    {
        if (_period is not { Months: 0, Days: 1, Ticks: 0 })
        {
            return 0;
        }

        var twins = 0;
        foreach (var skip in Zone.SkippedDays)
        {
            var index = IndexAtOrAfter(skip);
            if (index >= first && index + 1 < end && At(index) == At(index + 1))
            {
                twins++;
            }
        }

        return twins;
    }
}
