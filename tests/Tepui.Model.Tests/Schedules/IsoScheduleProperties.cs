using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

/// <summary>ISO schedules against a list of their due times made step by step, near changes of clocks where it matters.</summary>
public sealed class IsoScheduleProperties
{
    private const int Listed = 400;

    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Zones = Gen.Elements(
        "UTC", "America/Denver", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kwajalein", "Africa/Monrovia", "America/Sitka", "Asia/Kathmandu", "+05:45");

    private static readonly Gen<LocalDateTime> Starts =
        from day in Gen.Elements(
            new LocalDate(2031, 3, 8), new LocalDate(2031, 3, 29), new LocalDate(2031, 10, 25), new LocalDate(2031, 11, 1), new LocalDate(2031, 4, 5), new LocalDate(2031, 10, 4),
            new LocalDate(2011, 12, 27), new LocalDate(1993, 8, 19), new LocalDate(1867, 10, 16), new LocalDate(1972, 1, 5), new LocalDate(2032, 1, 28), new LocalDate(2028, 2, 28), new LocalDate(2031, 12, 30))
        from days in Gen.Choose(0, 4)
        from hours in Gen.Choose(0, 3)
        from minutes in Gen.Choose(0, 11)
        select day.PlusDays(days).At(new LocalTime(hours, minutes * 5));

    private static readonly Gen<(int Months, int Days, int Seconds)> Periods = Gen.OneOf(
        Gen.Elements((0, 1, 0), (0, 2, 0), (0, 7, 0), (1, 0, 0), (2, 0, 0), (12, 0, 0), (0, 0, 900), (0, 0, 3600), (0, 0, 86400), (0, 0, 1), (1, 1, 0), (0, 1, 1), (0, 1, 3600), (1, 3, 5)),
        from months in Gen.Choose(0, 30)
        from days in Gen.Choose(0, 40)
        from seconds in Gen.Choose(1, 200_000)
        select (months, days, seconds));

    private static readonly Gen<Grid> Grids =
        from zone in Zones
        from start in Starts
        from period in Periods
        select new Grid(zone, start, period.Months, period.Days, period.Seconds);

    private static readonly Arbitrary<(Grid Grid, DateTimeOffset First, DateTimeOffset Second)> Cases = (
        from grid in Grids
        from first in Times(grid)
        from second in Times(grid)
        select (grid, first, second)).ToArbitrary();

    [Fact]
    public void Grid_AnyStartAndPeriod_GrowsStrictlyAndIsTheListOfItsTimes() => Prop.ForAll(Grids.ToArbitrary(), grid =>
    {
        var schedule = grid.Schedule();
        var next = schedule.FirstAtOrAfter(DateTimeOffset.MinValue);
        foreach (var time in grid.Times.Take(Listed / 2))
        {
            Assert.Equal(time, next);
            next = schedule.FirstAfter(time);
            Assert.True(next > time);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void FirstAtOrAfter_AnyTime_IsTheLeastOfTheList() => Prop.ForAll(Cases, item =>
        Assert.Equal(item.Grid.Times.First(time => time >= item.First), item.Grid.Schedule().FirstAtOrAfter(item.First))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void LastAtOrBefore_AnyTime_IsTheGreatestOfTheList() => Prop.ForAll(Cases, item =>
        Assert.Equal(item.Grid.Times.Where(time => time <= item.First).Select(time => (DateTimeOffset?)time).LastOrDefault(), item.Grid.Schedule().LastAtOrBefore(item.First)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void CountBetween_AnyTwoTimes_IsThatOfTheList() => Prop.ForAll(Cases, item =>
        Assert.Equal(item.Grid.Times.Count(time => time >= item.First && time <= item.Second), item.Grid.Schedule().CountBetween(item.First, item.Second, long.MaxValue)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void TextFrom_AnyDueTime_IsReadAsTheSameDueTimeAndTheSameText() => Prop.ForAll(Cases, item =>
    {
        var schedule = item.Grid.Schedule();
        var next = schedule.FirstAtOrAfter(item.First)!.Value;
        var text = schedule.TextFrom(next, remaining: 7);
        var again = Schedule.ParseIso(text, schedule.ZoneName, Now, out _)!;

        Assert.Equal(next, again.FirstAtOrAfter(DateTimeOffset.MinValue));
        Assert.Equal(7, again.Count);
        Assert.Equal(text, again.TextFrom(next, remaining: 7));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Parse_AnyText_NeverFails()
    {
        var parts = Gen.Elements("R", "R5", "R-1", "R99999999999999999999", "/", "//", "P", "PT", "1", "D", "M", "S", ".5", "-", "+", ":", "T", "Z", "W", "2031", "-05", "-01", "9999", "0001", "06", "٣", "\0", "😀", " ", "99999999999");
        Prop.ForAll(parts.ListOf().Select(list => string.Concat(list)).ToArbitrary(), text =>
        {
            var schedule = Schedule.ParseIso(text, zone: null, Now, out var problem);
            Assert.True(schedule is null ? problem is { IsBefore1970: false } && problem.Offset <= text.Length : problem is null or { IsBefore1970: true });
            Assert.True((Schedule.ParseCron(text, zone: null, out problem) is null) == problem is not null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    // Within the listed times, on them, or a tick beside them.
    private static Gen<DateTimeOffset> Times(Grid grid) =>
        from index in Gen.Choose(0, Listed / 2)
        from beside in Gen.Elements(0L, 0L, 1L, -1L, TimeSpan.TicksPerMinute, -TimeSpan.TicksPerHour, TimeSpan.TicksPerDay)
        let time = grid.Times[Math.Min(index, grid.Times.Count / 2)].AddTicks(beside)
        where time < grid.Times[^1]
        select time;

    /// <summary>Made of NodaTime's own arithmetic.</summary>
    private sealed record Grid(string Zone, LocalDateTime Start, int Months, int Days, int Seconds)
    {
        public IReadOnlyList<DateTimeOffset> Times { get; } = List(Zone, Start, Months, Days, Seconds);

        public Schedule Schedule()
        {
            var schedule = Tepui.Model.Schedules.Schedule.ParseIso($"R/{Start:uuuu-MM-dd'T'HH:mm:ss}/P{Months}M{Days}DT{Seconds}S", Zone, Now, out var problem);
            Assert.True(problem is null or { IsBefore1970: true });
            return schedule!;
        }

        private static List<DateTimeOffset> List(string name, LocalDateTime start, int months, int days, int seconds)
        {
            var zone = name[0] == '+' ? DateTimeZone.ForOffset(Offset.FromHoursAndMinutes(5, 45)) : DateTimeZoneProviders.Tzdb[name];
            var isTimeOnly = months == 0 && days == 0;
            return [.. Enumerable.Range(0, Listed)
                .Select(k => (isTimeOnly ? start : start.PlusMonths(k * months).PlusDays(k * days)).InZoneLeniently(zone).ToInstant() + Duration.FromSeconds((long)k * seconds))
                .Distinct()
                .Select(instant => instant.ToDateTimeOffset())];
        }
    }
}
