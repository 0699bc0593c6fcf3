using System.Globalization;
using Tepui.Services.Core.Autoscaling;

namespace Tepui.Services.Core.Tests.Autoscaling;

public class CronTests
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
        Assert.Null(CronSchedule.Parse(cron, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_ThatIsUnknown_IsNone()
    {
        Assert.Null(CronSchedule.Zone("Mars/Olympus"));
        Assert.Equal(TimeZoneInfo.Utc, CronSchedule.Zone("Etc/UTC"));
    }

    private static DateTimeOffset? Next(string cron, string zone, string after) => CronSchedule.Parse(cron, out _)!.Next(Time(after), CronSchedule.Zone(zone)!);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
