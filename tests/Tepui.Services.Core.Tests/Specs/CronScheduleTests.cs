using System.Globalization;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Specs;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 8 * * *", "2031-03-02T08:00Z", "2031-03-03T08:00Z")]
    [InlineData("0 8 * * *", "2031-03-02T07:59:59Z", "2031-03-02T08:00Z")]
    [InlineData("*/15 * * * *", "2031-03-02T08:01Z", "2031-03-02T08:15Z")]
    [InlineData("5-10/5,50 * * * *", "2031-03-02T08:06Z", "2031-03-02T08:10Z")]
    [InlineData("5-10/5,50 * * * *", "2031-03-02T08:10Z", "2031-03-02T08:50Z")]
    [InlineData("30/10 * * * *", "2031-03-02T08:40Z", "2031-03-02T08:50Z")]
    [InlineData("0 0 31 * *", "2031-04-01T00:00Z", "2031-05-31T00:00Z")]
    [InlineData("0 0 29 2 *", "2031-03-01T00:00Z", "2032-02-29T00:00Z")]
    [InlineData("0 0 * jan mon", "2031-03-01T00:00Z", "2032-01-05T00:00Z")]
    [InlineData("0 0 * * 7", "2031-03-03T00:00Z", "2031-03-09T00:00Z")]
    [InlineData("0 0 * * 0", "2031-03-03T00:00Z", "2031-03-09T00:00Z")]
    [InlineData("0 0 13 * FRI", "2031-03-01T00:00Z", "2031-03-07T00:00Z")]
    [InlineData("59 23 31 12 *", "2031-12-31T23:59Z", "2032-12-31T23:59Z")]
    public void NextAfter_InUtc_IsTheNextTime(string text, string after, string expected) =>
        Assert.Equal(Time(expected), Schedule(text).NextAfter(Time(after), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("30 2 * * *", "2031-03-29T12:00Z", "2031-03-30T01:30Z")] // 02:30 does not exist in Berlin that day: 03:30 summer time.
    [InlineData("30 2 * * *", "2031-10-25T12:00Z", "2031-10-26T00:30Z")] // It comes twice: the first.
    [InlineData("30 2 * * *", "2031-10-26T00:30Z", "2031-10-27T01:30Z")] // And not the second.
    [InlineData("0 8 * * *", "2031-06-01T12:00Z", "2031-06-02T06:00Z")]
    public void NextAfter_InAZoneWithSummerTime_FollowsTheWallClock(string text, string after, string expected) =>
        Assert.Equal(Time(expected), Schedule(text).NextAfter(Time(after), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public void NextAfter_DayThatNeverComes_IsNone() => Assert.Null(Schedule("0 0 30 2 *").NextAfter(Time("2031-03-01T00:00Z"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("* * * * * *", "6 fields")]
    [InlineData("60 * * * *", "minute")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of month")]
    [InlineData("* * * 13 *", "month")]
    [InlineData("* * * * 8", "day of week")]
    [InlineData("5-1 * * * *", "minute")]
    [InlineData("*/0 * * * *", "minute")]
    [InlineData("1, * * * *", "minute")]
    [InlineData("-1 * * * *", "minute")]
    [InlineData("+1 * * * *", "minute")]
    [InlineData("* * * mo *", "month")]
    public void TryParse_NoSchedule_SaysWhich(string text, string expected)
    {
        Assert.Contains(expected, CronSchedule.TryParse(text, out var schedule), StringComparison.Ordinal);
        Assert.Null(schedule);
    }

    [Fact]
    public void NextAfter_AnyTime_IsTheFirstMinuteThatIsIncluded()
    {
        var schedule = Schedule("*/7 3,15 */2 * 1-5");
        var after = Time("2031-03-02T00:00Z");
        var minute = after.AddMinutes(1);
        while (!schedule.Includes(minute.DateTime))
        {
            minute = minute.AddMinutes(1);
        }

        Assert.Equal(minute, schedule.NextAfter(after, TimeZoneInfo.Utc));
    }

    private static CronSchedule Schedule(string text)
    {
        Assert.Null(CronSchedule.TryParse(text, out var schedule));
        return schedule!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
