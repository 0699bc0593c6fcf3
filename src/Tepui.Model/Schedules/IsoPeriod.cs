namespace Tepui.Model.Schedules;

/// <summary>Length of an ISO 8601 period. Parts longer than the calendar are cut: the second due time is out of reach anyway.</summary>
/// <param name="Months">Months and years, in months.</param>
/// <param name="Days">Days and weeks, in days of the wall clock.</param>
/// <param name="Ticks">Hours, minutes, seconds and their fractions, as absolute time.</param>
internal readonly record struct IsoPeriod(int Months, int Days, long Ticks)
{
    /// <summary>More months than the calendar has.</summary>
    public const int MonthsMost = 12 * 10_000;

    /// <summary>More days than the calendar has.</summary>
    public const int DaysMost = 366 * 10_000;

    /// <summary>More ticks than the calendar has.</summary>
    public const long TicksMost = DaysMost * TimeSpan.TicksPerDay;

    // 400 years of the Gregorian calendar have 146,097 days.
    private const long TicksPerMonth = 146_097 * TimeSpan.TicksPerDay / 4800;

    /// <summary>There is nothing in it.</summary>
    public bool IsZero => this == default;

    /// <summary>Goes by the wall clock.</summary>
    public bool HasDates => Months != 0 || Days != 0;

    /// <summary>Mean length.</summary>
    public Int128 MeanTicks => ((Int128)Months * TicksPerMonth) + ((Int128)Days * TimeSpan.TicksPerDay) + Ticks;
}
