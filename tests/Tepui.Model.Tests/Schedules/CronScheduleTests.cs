using System.Globalization;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

public class CronScheduleTests
{
    [Theory]
    [InlineData("0 8 * * *", "UTC", "2026-03-02T07:59:59Z", "2026-03-02T08:00:00Z")]
    [InlineData("0 8 * * *", "UTC", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z")]
    [InlineData("*/15 * * * *", "UTC", "2026-03-02T08:00:01Z", "2026-03-02T08:15:00Z")]
    [InlineData("5/20 9-17 * * *", "UTC", "2026-03-02T17:45:00Z", "2026-03-03T09:05:00Z")]
    [InlineData("30 6 1,15 * *", "UTC", "2026-03-02T00:00:00Z", "2026-03-15T06:30:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-03-02T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 9 * * MON-FRI", "UTC", "2026-03-06T09:00:00Z", "2026-03-09T09:00:00Z")]
    [InlineData("0 9 * * 7", "UTC", "2026-03-02T00:00:00Z", "2026-03-08T09:00:00Z")]
    [InlineData("0 9 13 * FRI", "UTC", "2026-03-02T00:00:00Z", "2026-03-06T09:00:00Z")]
    [InlineData("0 9 13 jan,Mar *", "UTC", "2026-03-14T00:00:00Z", "2027-01-13T09:00:00Z")]
    [InlineData("5-10/5,50 * * * *", "UTC", "2031-03-02T08:06:00Z", "2031-03-02T08:10:00Z")]
    [InlineData("5-10/5,50 * * * *", "UTC", "2031-03-02T08:10:00Z", "2031-03-02T08:50:00Z")]
    [InlineData("0 0 31 * *", "UTC", "2031-04-01T00:00:00Z", "2031-05-31T00:00:00Z")]
    [InlineData("0 0 * jan mon", "UTC", "2031-03-01T00:00:00Z", "2032-01-05T00:00:00Z")]
    [InlineData("59 23 31 12 *", "UTC", "2031-12-31T23:59:00Z", "2032-12-31T23:59:00Z")]
    [InlineData("0 8 * * *", "Europe/Berlin", "2026-03-02T00:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData("0 8 * * *", "Europe/Berlin", "2026-07-02T00:00:00Z", "2026-07-02T06:00:00Z")]
    [InlineData("0 8 * * *", "Asia/Kolkata", "2026-03-02T00:00:00Z", "2026-03-02T02:30:00Z")]
    public void Next_OfASchedule_IsTheFirstTimeAfter(string cron, string zone, string after, string expected) => Assert.Equal(Time(expected), Next(cron, zone, after));

    // Berlin goes from 02:00 to 03:00 at 01:00 UTC on 29 March 2026.
    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("*/10 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("*/10 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    public void Next_AtATimeThatTheClockSkips_IsTheFirstMomentAfterTheGap(string cron, string after, string expected) => Assert.Equal(Time(expected), Next(cron, "Europe/Berlin", after));

    // Berlin shows 02:00 to 03:00 twice on 25 October 2026: from 00:00 UTC and from 01:00 UTC.
    [Theory]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 3 * * *", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z")]
    public void Next_AtATimeThatTheClockShowsTwice_IsTheFirst(string cron, string after, string expected) => Assert.Equal(Time(expected), Next(cron, "Europe/Berlin", after));

    [Fact]
    public void Next_OfADayThatNeverComes_IsNone() => Assert.Null(Next("0 0 30 2 *", "UTC", "2026-03-02T00:00:00Z"));

    [Theory]
    [InlineData("", "has 0 fields")]
    [InlineData("* * * * * *", "has 6 fields")]
    [InlineData("1, * * * *", "minute '1,'")]
    [InlineData("-1 * * * *", "minute '-1'")]
    [InlineData("* * * * 8", "day of week '8'")]
    [InlineData("0 8 * *", "has 4 fields; it must have five")]
    [InlineData("60 8 * * *", "minute '60'")]
    [InlineData("0 8-7 * * *", "hour '8-7'")]
    [InlineData("0 8 0 * *", "day of month '0'")]
    [InlineData("0 8 * foo *", "a name such as JAN")]
    [InlineData("*/0 * * * *", "minute '*/0'")]
    [InlineData("99 99 * * *", "hour '99'")]
    public void Parse_OfNonsense_SaysWhatIsWrong(string cron, string expected)
    {
        Assert.Null(Schedule.ParseCron(cron, "UTC", out var problem));
        Assert.Contains(expected, problem!.Message, StringComparison.Ordinal);
        Assert.False(problem.IsZone);
    }

    [Theory]
    [InlineData("@hourly", "2031-05-01T06:00:00Z")]
    [InlineData("@daily", "2031-05-02T00:00:00Z")]
    [InlineData("@MIDNIGHT", "2031-05-02T00:00:00Z")]
    [InlineData("@weekly", "2031-05-04T00:00:00Z")]
    [InlineData("@monthly", "2031-06-01T00:00:00Z")]
    [InlineData("@yearly", "2032-01-01T00:00:00Z")]
    [InlineData("@annually", "2032-01-01T00:00:00Z")]
    [InlineData(" 0  12\t? * MON-SUN ", "2031-05-01T12:00:00Z")]
    [InlineData("0 12 1 * ?", "2031-05-01T12:00:00Z")]
    [InlineData("0 12 * * FRI-SUN", "2031-05-02T12:00:00Z")]
    [InlineData("0 12 * * FRI-0", "2031-05-02T12:00:00Z")]
    [InlineData("0 12 L * *", "2031-05-31T12:00:00Z")]
    [InlineData("0 12 L FEB *", "2032-02-29T12:00:00Z")]
    [InlineData("0 12 29 2 */7", "2032-02-29T12:00:00Z")]
    [InlineData("0 12 3,L 2 *", "2032-02-03T12:00:00Z")]
    [InlineData("*/2147483647 5 * * *", "2031-05-02T05:00:00Z")]
    public void FirstAfter_OfNamesAndSigns_IsTheFirstTimeAfter(string cron, string expected) => Assert.Equal(Time(expected), Next(cron, "UTC", "2031-05-01T05:00:00Z"));

    [Theory]
    [InlineData("0 8 * * *", "UTC", "2031-03-02T07:59:59Z", "2031-03-01T08:00:00Z")]
    [InlineData("0 8 * * *", "UTC", "2031-03-02T08:00:00Z", "2031-03-02T08:00:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2031-03-02T08:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("59 23 31 12 *", "UTC", "2031-12-31T23:58:59Z", "2030-12-31T23:59:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-28T01:30:00Z")]
    [InlineData("50 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T00:50:00Z")]
    [InlineData("0 0 30 2 *", "UTC", "2031-03-02T08:00:00Z", null)]
    public void LastAtOrBefore_OfASchedule_IsTheLastTime(string cron, string zone, string at, string? expected) =>
        Assert.Equal(expected is null ? null : Time(expected), Schedule.ParseCron(cron, zone, out _)!.LastAtOrBefore(Time(at)));

    [Theory]
    [InlineData("60 8 * * *", 0)]
    [InlineData("0 25 * * *", 2)]
    [InlineData("0  8 32 * *", 5)]
    [InlineData("0 8 * 13 *", 6)]
    [InlineData("0 8 * * 8", 8)]
    [InlineData("0 ? * * *", 2)]
    [InlineData("0 8 * L *", 6)]
    [InlineData("0 8 * * * *", 10)]
    [InlineData("0 8 * *", 7)]
    [InlineData(" @reboot", 1)]
    public void Parse_OfNonsense_SaysWhere(string cron, int offset)
    {
        Assert.Null(Schedule.ParseCron(cron, zone: null, out var problem));
        Assert.Equal(offset, problem!.Offset);
    }

    [Fact]
    public void Parse_OfManyWrongFields_TellsAll()
    {
        Assert.Null(Schedule.ParseCron("60 24 0 13 8", zone: null, out var problem));
        foreach (var name in new[] { "minute '60'", "hour '24'", "day of month '0'", "month '13'", "day of week '8'" })
        {
            Assert.Contains(name, problem!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_OfALongText_IsRefused()
    {
        Assert.Null(Schedule.ParseCron(new string('1', 1_000_000), zone: null, out var problem));
        Assert.Contains("at most 500", problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("+14:00")]
    [InlineData("-12:00")]
    [InlineData("Pacific/Kiritimati")]
    public void Times_AtTheEdgesOfTheCalendar_AreWithinIt(string zone)
    {
        var schedule = Schedule.ParseCron("*/30 * * * *", zone, out _)!;

        Assert.True(schedule.FirstAtOrAfter(DateTimeOffset.MinValue) >= DateTimeOffset.MinValue);
        Assert.True(schedule.LastAtOrBefore(DateTimeOffset.MaxValue) <= DateTimeOffset.MaxValue);
        Assert.Null(schedule.FirstAfter(DateTimeOffset.MaxValue));
        Assert.Null(schedule.FirstAfter(Time("9999-12-31T23:59:00Z")));
        Assert.Equal(1000, schedule.CountBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1000));
    }

    [Theory]
    [InlineData("* * * * *", "UTC", "2031-01-01T00:00:00Z", "2031-12-31T23:59:59Z", 525_600)]
    [InlineData("* * * * *", "UTC", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 5_258_964_960)]
    [InlineData("0 0 29 2 *", "UTC", "2000-01-01T00:00:00Z", "2399-12-31T23:59:59Z", 97)]
    [InlineData("0 0 30 2 *", "UTC", "2000-01-01T00:00:00Z", "2399-12-31T23:59:59Z", 0)]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", 364)]
    [InlineData("*/10 2 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z", 2)]
    [InlineData("*/10 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", 7)]
    [InlineData("*/10 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", 7)]
    [InlineData("0 8 * * *", "Pacific/Apia", "2011-12-29T00:00:00-10:00", "2011-12-31T23:59:59+14:00", 3)]
    [InlineData("0 8 * * *", "UTC", "2031-01-01T08:00:00.0000001Z", "2031-01-02T07:59:59Z", 0)]
    [InlineData("0 8 * * *", "UTC", "2031-01-01T08:00:00Z", "2031-01-01T08:00:00Z", 1)]
    [InlineData("0 8 * * *", "UTC", "2031-01-02T08:00:00Z", "2031-01-01T08:00:00Z", 0)]
    public void CountBetween_TwoTimes_CountsBothEnds(string cron, string zone, string from, string to, long expected) =>
        Assert.Equal(expected, Schedule.ParseCron(cron, zone, out _)!.CountBetween(Time(from), Time(to), long.MaxValue));

    [Fact]
    public void TextFrom_IsTheExpression()
    {
        var schedule = Schedule.ParseCron("0 8 * * *", "Europe/Berlin", out _)!;

        Assert.Equal("0 8 * * *", schedule.TextFrom(Time("2031-03-02T07:00:00Z"), remaining: null));
        Assert.Equal("0 8 * * *", schedule.AnchoredText);
        Assert.Null(schedule.Count);
        Assert.Equal("2031-03-02T08:00:00+01:00", schedule.ToZone(Time("2031-03-02T07:00:00Z")).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset? Next(string cron, string zone, string after) => Schedule.ParseCron(cron, zone, out _)!.FirstAfter(Time(after));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
