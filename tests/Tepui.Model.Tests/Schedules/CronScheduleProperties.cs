using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.TimeZones;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

/// <summary>Cron schedules against a walk over every minute of the wall clock, near changes of clocks.</summary>
public sealed class CronScheduleProperties
{
    private static readonly Gen<(string Zone, LocalDate Day)> Places = Gen.Elements(
        ("America/Denver", new LocalDate(2031, 3, 8)),
        ("America/Denver", new LocalDate(2031, 11, 1)),
        ("Europe/Berlin", new LocalDate(2031, 3, 29)),
        ("Europe/Berlin", new LocalDate(2031, 10, 25)),
        ("Australia/Lord_Howe", new LocalDate(2031, 4, 5)),
        ("Australia/Lord_Howe", new LocalDate(2031, 10, 4)),
        ("Pacific/Apia", new LocalDate(2011, 12, 29)),
        ("America/Sitka", new LocalDate(1867, 10, 17)),
        ("UTC", new LocalDate(2032, 2, 28)));

    private static readonly Gen<Walk> Walks =
        from place in Places
        from minutes in Gen.OneOf(Gen.Constant<int[]>([]), Gen.Choose(0, 59).ArrayOf(3))
        from hours in Gen.OneOf(Gen.Constant<int[]>([]), Gen.Choose(0, 3).ArrayOf(2))
        from days in Gen.OneOf(Gen.Constant<int[]>([]), Gen.Constant<int[]>([]), Gen.Choose(1, 31).ArrayOf(9))
        from weekdays in Gen.OneOf(Gen.Constant<int[]>([]), Gen.Constant<int[]>([]), Gen.Choose(0, 7).ArrayOf(2))
        select new Walk(place.Zone, place.Day, minutes, hours, days, weekdays);

    [Fact]
    public void FirstAfter_AnyExpression_GivesTheTimesOfAWalk() => Prop.ForAll(Walks.ToArbitrary(), walk =>
    {
        var schedule = walk.Schedule();
        var at = walk.From.AddTicks(-1);
        foreach (var time in walk.Times)
        {
            var next = schedule.FirstAfter(at);
            Assert.Equal(time, next);
            Assert.Equal(time, schedule.FirstAtOrAfter(time));
            at = time;
        }

        Assert.True(schedule.FirstAfter(at) is not { } after || after >= walk.To);
        Assert.Equal(walk.Times.Count, schedule.CountBetween(walk.From, walk.To.AddTicks(-1), long.MaxValue));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void CountBetween_AnyTwoTimes_IsThatOfAWalk()
    {
        var cases =
            from walk in Walks
            from ends in Gen.Choose(0, (4 * 24 * 60 * 2) - 1).ArrayOf(2)
            select (Walk: walk, From: walk.From.AddSeconds(ends[0] * 30), To: walk.From.AddSeconds(ends[1] * 30));
        Prop.ForAll(cases.ToArbitrary(), item =>
        {
            var expected = item.Walk.Times.Count(time => time >= item.From && time <= item.To && item.To < item.Walk.To);
            Assert.True(item.To >= item.Walk.To || item.Walk.Schedule().CountBetween(item.From, item.To, long.MaxValue) == expected);
            Assert.True(item.To >= item.Walk.To || item.Walk.Schedule().CountBetween(item.From, item.To, 3) == Math.Min(3, expected));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public void LastAtOrBefore_AnyExpression_GivesTheTimesOfAWalk() => Prop.ForAll(Walks.ToArbitrary(), walk =>
    {
        var schedule = walk.Schedule();
        DateTimeOffset? last = null;
        var index = 0;
        for (var time = walk.From; time < walk.To; time = time.AddMinutes(7))
        {
            while (index < walk.Times.Count && walk.Times[index] <= time)
            {
                last = walk.Times[index++];
            }

            var found = schedule.LastAtOrBefore(time);
            Assert.True(last is null ? found is null || found < walk.From : found == last, $"at {time:o}: {found:o}, not {last:o}");
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private sealed record Walk(string Zone, LocalDate Day, int[] Minutes, int[] Hours, int[] Days, int[] Weekdays)
    {
        private readonly List<DateTimeOffset> _times = [];

        public DateTimeOffset From => At(Day);

        public DateTimeOffset To => At(Day.PlusDays(4));

        public IReadOnlyList<DateTimeOffset> Times
        {
            get
            {
                if (_times.Count == 0)
                {
                    var walls = Enumerable.Range(0, 4 * 24 * 60).Select(minute => Day.AtMidnight().PlusMinutes(minute)).Where(Allows);
                    _times.AddRange(walls.Select(wall => wall.InZone(TimeZone(), Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter)).ToInstant().ToDateTimeOffset())
                        .Distinct()
                        .Where(time => time >= From && time < To));
                }

                return _times;
            }
        }

        public Schedule Schedule()
        {
            var schedule = Tepui.Model.Schedules.Schedule.ParseCron($"{Field(Minutes)} {Field(Hours)} {Field(Days)} * {Field(Weekdays)}", Zone, out var problem);
            Assert.Null(problem);
            return schedule!;
        }

        public override string ToString() => $"{Zone} {Day} {Field(Minutes)} {Field(Hours)} {Field(Days)} {Field(Weekdays)}";

        private static string Field(int[] values) => values.Length == 0 ? "*" : string.Join(',', values);

        private static bool Has(int[] values, int value) => values.Length == 0 || values.Contains(value);

        private bool Allows(LocalDateTime wall)
        {
            var weekday = (int)wall.DayOfWeek % 7;
            var byWeek = Has(Weekdays, weekday) || (weekday == 0 && Has(Weekdays, 7));
            var byMonth = Has(Days, wall.Day);
            return Has(Minutes, wall.Minute) && Has(Hours, wall.Hour) && (Days.Length > 0 && Weekdays.Length > 0 ? byWeek || byMonth : byWeek && byMonth);
        }

        private DateTimeZone TimeZone() => DateTimeZoneProviders.Tzdb[Zone];

        private DateTimeOffset At(LocalDate day) => TimeZone().AtStartOfDay(day).ToInstant().ToDateTimeOffset();
    }
}
