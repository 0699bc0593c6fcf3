using System.Globalization;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

public class IsoScheduleTests
{
    // Text, zone, then due times in the zone, from the start on.
    public static TheoryData<string, string, string> Grids => new()
    {
        { "R/2031-05-01T06:30:00Z/P1D", "", "2031-05-01T06:30:00Z 2031-05-02T06:30:00Z" },
        { "R5/2031-05-01T00:00:00Z/PT12H", "", "2031-05-01T00:00:00Z 2031-05-01T12:00:00Z 2031-05-02T00:00:00Z" },
        { "R/2031-05-01T06:30:00+02:00/P1D", "", "2031-05-01T06:30:00+02:00 2031-05-02T06:30:00+02:00" },
        { "R/2031-05-01T06:30:00Z/P1D", "America/Denver", "2031-05-01T06:30:00-06:00 2031-05-02T06:30:00-06:00" },
        { "R/2031-05-01T06:30:00+09:00/P1D", "America/Denver", "2031-05-01T06:30:00-06:00" },

        // Months end on their last day, and do not forget the day they began with.
        { "R/2031-01-31T00:00:00Z/P1M", "", "2031-01-31T00:00:00Z 2031-02-28T00:00:00Z 2031-03-31T00:00:00Z 2031-04-30T00:00:00Z 2031-05-31T00:00:00Z" },
        { "R/2032-02-29T00:00:00Z/P1Y", "", "2032-02-29T00:00:00Z 2033-02-28T00:00:00Z 2034-02-28T00:00:00Z 2035-02-28T00:00:00Z 2036-02-29T00:00:00Z" },
        { "R/2031-12-31T00:00:00Z/P2M", "", "2031-12-31T00:00:00Z 2032-02-29T00:00:00Z 2032-04-30T00:00:00Z" },
        { "R/2031-01-31T00:00:00Z/P1M1D", "", "2031-01-31T00:00:00Z 2031-03-01T00:00:00Z 2031-04-02T00:00:00Z" },
        { "R/2031-01-01T00:00:00Z/P1W", "", "2031-01-01T00:00:00Z 2031-01-08T00:00:00Z" },
        { "R/2031-01-01T00:00:00Z/P1DT1H30M", "", "2031-01-01T00:00:00Z 2031-01-02T01:30:00Z 2031-01-03T03:00:00Z" },
        { "R/2031-01-01T00:00:00Z/PT1.5S", "", "2031-01-01T00:00:00Z 2031-01-01T00:00:01.5Z 2031-01-01T00:00:03Z" },

        // Denver goes from 02:00 to 03:00 on 9 March 2031, and back on 2 November.
        { "R/2031-03-08T02:30:00/P1D", "America/Denver", "2031-03-08T02:30:00-07:00 2031-03-09T03:30:00-06:00 2031-03-10T02:30:00-06:00" },
        { "R/2031-03-09T02:30:00/P1D", "America/Denver", "2031-03-09T03:30:00-06:00 2031-03-10T02:30:00-06:00" },
        { "R/2031-03-09T01:30:00/PT1H", "America/Denver", "2031-03-09T01:30:00-07:00 2031-03-09T03:30:00-06:00 2031-03-09T04:30:00-06:00" },
        { "R/2031-03-08T12:00:00/PT24H", "America/Denver", "2031-03-08T12:00:00-07:00 2031-03-09T13:00:00-06:00" },
        { "R/2031-11-01T01:30:00/P1D", "America/Denver", "2031-11-01T01:30:00-06:00 2031-11-02T01:30:00-06:00 2031-11-03T01:30:00-07:00" },
        { "R/2031-11-02T00:30:00/PT1H", "America/Denver", "2031-11-02T00:30:00-06:00 2031-11-02T01:30:00-06:00 2031-11-02T01:30:00-07:00 2031-11-02T02:30:00-07:00" },
        { "R/2031-11-02T01:30:00-07:00/PT1H", "America/Denver", "2031-11-02T01:30:00-07:00 2031-11-02T02:30:00-07:00" },

        // Berlin: 30 March and 26 October 2031, both at 01:00 UTC.
        { "R/2031-03-29T02:30:00/P1D", "Europe/Berlin", "2031-03-29T02:30:00+01:00 2031-03-30T03:30:00+02:00 2031-03-31T02:30:00+02:00" },
        { "R/2031-10-25T02:30:00/P1D", "Europe/Berlin", "2031-10-25T02:30:00+02:00 2031-10-26T02:30:00+02:00 2031-10-27T02:30:00+01:00" },
        { "R/2031-02-28T02:30:00/P1M2D", "Europe/Berlin", "2031-02-28T02:30:00+01:00 2031-03-30T03:30:00+02:00 2031-05-02T02:30:00+02:00" },

        // Lord Howe's clocks go by half an hour: at 02:00 on 5 October 2031, back at 02:00 on 6 April.
        { "R/2031-10-04T02:15:00/P1D", "Australia/Lord_Howe", "2031-10-04T02:15:00+10:30 2031-10-05T02:45:00+11:00 2031-10-06T02:15:00+11:00" },
        { "R/2031-04-05T01:45:00/P1D", "Australia/Lord_Howe", "2031-04-05T01:45:00+11:00 2031-04-06T01:45:00+11:00 2031-04-07T01:45:00+10:30" },

        // Apia had no 30 December 2011: what would be due then is due on the 31st, once.
        { "R/2011-12-28T08:00:00/P1D", "Pacific/Apia", "2011-12-28T08:00:00-10:00 2011-12-29T08:00:00-10:00 2011-12-31T08:00:00+14:00 2012-01-01T08:00:00+14:00" },
        { "R/2011-12-30T08:00:00/P1D", "Pacific/Apia", "2011-12-31T08:00:00+14:00 2012-01-01T08:00:00+14:00" },
        { "R/2011-12-28T08:00:00/P2D", "Pacific/Apia", "2011-12-28T08:00:00-10:00 2011-12-31T08:00:00+14:00 2012-01-01T08:00:00+14:00" },
    };

    [Theory]
    [MemberData(nameof(Grids))]
    public void Grid_FromItsStart_HasTheseTimes(string text, string zone, string expected)
    {
        var schedule = Iso(text, zone);
        var next = schedule.FirstAtOrAfter(DateTimeOffset.MinValue);
        foreach (var time in expected.Split(' ').Select(Time))
        {
            Assert.Equal(time, next);
            Assert.Equal(time.Offset, schedule.ToZone(next!.Value).Offset);
            Assert.Equal(time, schedule.LastAtOrBefore(time));
            next = schedule.FirstAfter(time);
        }
    }

    [Theory]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "9998-12-31T23:59:58.5Z", "9998-12-31T23:59:59Z", "9998-12-31T23:59:58Z")]
    [InlineData("R/1970-01-01T00:00:01Z/P1D", "9999-12-31T12:00:00Z", null, "9999-12-31T00:00:01Z")]
    [InlineData("R/2031-05-01T00:00:00Z/P1D", "2031-04-30T23:59:59Z", "2031-05-01T00:00:00Z", null)]
    [InlineData("R/2031-05-01T00:00:00Z/P9998Y", "2031-05-01T00:00:01Z", null, "2031-05-01T00:00:00Z")]
    [InlineData("R/2031-05-01T00:00:00Z/P999999999Y999999999M999999999W999999999DT999999999H999999999M999999999S", "2031-05-01T00:00:01Z", null, "2031-05-01T00:00:00Z")]
    [InlineData("R/2031-05-01T00:00:00Z/P7968Y", "2031-05-01T00:00:01Z", "9999-05-01T00:00:00Z", "2031-05-01T00:00:00Z")]
    [InlineData("R/2031-05-01T00:00:00Z/P7969Y", "2031-05-01T00:00:01Z", null, "2031-05-01T00:00:00Z")]
    [InlineData("R/9999-12-31T23:59:59.999Z/PT1S", "9999-12-31T23:59:59.9999999Z", null, "9999-12-31T23:59:59.999Z")]
    [InlineData("R/9999-12-31T23:00:00+02:00/PT1H", "9999-12-31T21:30:00Z", null, "9999-12-31T21:00:00Z")]
    [InlineData("R/9999-12-31T17:00:00-02:00/PT1H", "9999-12-31T21:30:00Z", "9999-12-31T22:00:00Z", "9999-12-31T21:00:00Z")]
    public void Grid_FarAway_EndsWithTheCalendar(string text, string at, string? first, string? last)
    {
        var schedule = Iso(text, "");

        Assert.Equal(first is null ? null : Time(first), schedule.FirstAtOrAfter(Time(at)));
        Assert.Equal(last is null ? null : Time(last), schedule.LastAtOrBefore(Time(at)));
    }

    [Theory]
    [InlineData("R0//P1D", 0L)]
    [InlineData("R1//P1D", 1L)]
    [InlineData("R9223372036854775807//P1D", long.MaxValue)]
    [InlineData("R007//P1D", 7L)]
    [InlineData("R//P1D", null)]
    public void Count_IsHowManyAreWanted(string text, long? expected) => Assert.Equal(expected, Iso(text, "").Count);

    [Theory]
    [InlineData("R1/2031-05-01T00:00:00Z/P")]
    [InlineData("R1/2031-05-01T00:00:00Z/PT0S")]
    [InlineData("R0/2031-05-01T00:00:00Z/P0D")]
    public void Grid_OfAPeriodOfZeroAndOneTime_HasOneTime(string text)
    {
        var schedule = Iso(text, "");

        Assert.Equal(Time("2031-05-01T00:00:00Z"), schedule.FirstAtOrAfter(DateTimeOffset.MinValue));
        Assert.Null(schedule.FirstAfter(Time("2031-05-01T00:00:00Z")));
        Assert.Equal(Time("2031-05-01T00:00:00Z"), schedule.LastAtOrBefore(DateTimeOffset.MaxValue));
        Assert.Equal(1, schedule.CountBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, long.MaxValue));
    }

    [Theory]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "", "2031-05-01T00:00:00Z", "2031-05-02T00:00:00Z", long.MaxValue, 86_401)]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "", "2031-05-01T00:00:00Z", "2031-05-02T00:00:00Z", 100, 100)]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "", "2000-05-01T00:00:00Z", "2031-05-01T00:00:00Z", 100, 1)]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "", "2000-05-01T00:00:00Z", "2031-04-30T23:59:59Z", 100, 0)]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "", "2031-05-02T00:00:00Z", "2031-05-01T00:00:00Z", 100, 0)]
    [InlineData("R/2031-05-01T00:00:00Z/PT1S", "", "2031-05-01T00:00:00Z", "2031-05-02T00:00:00Z", 0, 0)]
    [InlineData("R/1970-01-02T00:00:00Z/PT1S", "", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", long.MaxValue, 253_402_214_400)]
    [InlineData("R/2011-12-28T08:00:00/P1D", "Pacific/Apia", "2011-12-28T00:00:00-10:00", "2012-01-02T00:00:00+14:00", 100, 4)]
    [InlineData("R/2011-12-28T08:00:00/P1D", "Pacific/Apia", "2011-12-31T08:00:00+14:00", "2011-12-31T08:00:00+14:00", 100, 1)]
    [InlineData("R/2011-12-30T08:00:00/P1D", "Pacific/Apia", "2011-12-28T00:00:00-10:00", "2012-01-02T00:00:00+14:00", 100, 2)]
    [InlineData("R/2011-12-31T08:00:00/P1D", "Pacific/Apia", "2011-12-28T00:00:00-10:00", "2012-01-02T00:00:00+14:00", 100, 2)]
    public void CountBetween_TwoTimes_CountsBothEnds(string text, string zone, string from, string to, long most, long expected) =>
        Assert.Equal(expected, Iso(text, zone).CountBetween(Time(from), Time(to), most));

    [Theory]
    [InlineData("R5/2031-05-01T06:30:00Z/P1D", "", "2031-05-02T06:30:00Z", 4L, "R4/2031-05-02T06:30:00.000Z/P1D")]
    [InlineData("R/2031-05-01T06:30:00Z/P1D", "", "2031-05-02T06:30:00Z", null, "R/2031-05-02T06:30:00.000Z/P1D")]
    [InlineData("R1/2031-05-01T06:30:00Z/P1D", "", "2031-05-02T06:30:00Z", 0L, "R0/2031-05-02T06:30:00.000Z/P1D")]
    [InlineData("R/2031-05-01T06:30:00Z/PT24H", "America/Denver", "2031-05-02T12:30:00Z", null, "R/2031-05-02T06:30:00.000-06:00/PT24H")]
    [InlineData("R/2031-05-01T06:30:00+02:00/P1D", "", "2031-05-02T04:30:00Z", null, "R/2031-05-02T06:30:00.000+02:00/P1D")]
    [InlineData("R//PT1.5S", "", "2031-05-02T04:30:00.5Z", null, "R/2031-05-02T04:30:00.500Z/PT1.5S")]
    [InlineData("R/1850-01-01T00:00:00/P1D", "America/Denver", "1850-01-02T06:59:56Z", null, "R/1850-01-02T00:00:00.000-06:59:56/P1D")]
    public void TextFrom_AfterALaunch_HasTheNextStartAndWhatIsLeft(string text, string zone, string next, long? remaining, string expected)
    {
        var schedule = Schedule.ParseIso(text, zone, Now, out _)!;

        Assert.Equal(expected, schedule.TextFrom(Time(next), remaining));
        Assert.Equal(Time(next), Schedule.ParseIso(expected, zone, Now, out _)!.FirstAtOrAfter(DateTimeOffset.MinValue));
    }

    [Fact]
    public void TextFrom_SecondComingOfATime_KeepsWhichItIs()
    {
        var schedule = Iso("R/2031-11-02T00:30:00/PT1H", "America/Denver");
        var second = Time("2031-11-02T01:30:00-07:00");

        var text = schedule.TextFrom(second, remaining: null);

        Assert.Equal("R/2031-11-02T01:30:00.000-07:00/PT1H", text);
        Assert.Equal(second, Iso(text, "America/Denver").FirstAtOrAfter(DateTimeOffset.MinValue));
    }

    [Fact]
    public void AnchoredText_OfAnEmptyStart_IsTheSameGridWheneverItIsRead()
    {
        var now = Time("2031-03-01T10:00:00.1234567Z");
        var schedule = Schedule.ParseIso("R5//PT2M", "America/Denver", now, out _)!;

        Assert.Equal(Time("2031-03-01T09:59:59.123Z"), schedule.FirstAtOrAfter(DateTimeOffset.MinValue));
        Assert.Equal("R5/2031-03-01T02:59:59.123-07:00/PT2M", schedule.AnchoredText);
        Assert.Equal(schedule.FirstAfter(now), Schedule.ParseIso(schedule.AnchoredText, "America/Denver", now.AddYears(1), out _)!.FirstAfter(now));
        Assert.Equal("R5/2031-05-01T06:30:00Z/P1D", Iso("R5/2031-05-01T06:30:00Z/P1D", "").AnchoredText);
    }

    [Fact]
    public void Grid_AtTheEdgesOfTheCalendar_NeverFails()
    {
        string[] starts = ["0001-01-01T00:00:00", "0001-01-01T20:00:00", "9999-12-31T23:59:59", "9999-12-31T02:30", "9999-12-30T23:59:59.999", "1582-10-10", "", "T06:30"];
        string[] periods = ["PT1S", "P1D", "P1M", "P1Y", "P9998Y", "P1Y1M1W1DT1H1M1.001S", "PT999999999H", "P999999999W"];
        string[] zones = ["", "Pacific/Kiritimati", "Etc/GMT+12", "America/Denver", "Australia/Lord_Howe", "+18:00", "-18:00", "Europe/Amsterdam"];
        DateTimeOffset[] times = [DateTimeOffset.MinValue, Time("0001-01-02T00:00:00Z"), Now, Time("9999-12-31T00:00:00Z"), DateTimeOffset.MaxValue];
        var checkedCount = 0;
        foreach (var (start, period, zone) in starts.SelectMany(start => periods.SelectMany(period => zones.Select(zone => (start, period, zone)))))
        {
            foreach (var now in times)
            {
                if (Schedule.ParseIso($"R/{start}/{period}", zone, now, out var problem) is not { } schedule)
                {
                    Assert.Contains("not within the years 1 to 9999", problem!.Message, StringComparison.Ordinal);
                    continue;
                }

                foreach (var time in times)
                {
                    var first = schedule.FirstAtOrAfter(time);
                    var last = schedule.LastAtOrBefore(time);
                    Assert.True(first is null || first >= time);
                    Assert.True(last is null || last <= time);
                    Assert.True(schedule.FirstAfter(time) is not { } later || later > time);
                    Assert.Equal(time, schedule.ToZone(time));
                    Assert.True(schedule.CountBetween(DateTimeOffset.MinValue, time, long.MaxValue) >= (last is null ? 0 : 1));
                    Assert.NotEmpty(schedule.TextFrom(first ?? time, remaining: 3));
                    checkedCount++;
                }
            }
        }

        Assert.True(checkedCount > 5000, $"only {checkedCount}");
    }

    private static readonly DateTimeOffset Now = Time("2031-01-01T00:00:00Z");

    private static Schedule Iso(string text, string zone)
    {
        var schedule = Schedule.ParseIso(text, zone, Now, out var problem);
        Assert.Null(problem);
        return schedule!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
