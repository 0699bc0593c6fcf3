using System.Globalization;
using System.Text;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

public class IsoScheduleTextTests
{
    [Fact]
    public void Problem_OfALongText_IsCutBetweenCharacters()
    {
        Assert.Null(Schedule.ParseIso($"x{string.Concat(Enumerable.Repeat("\U0001F600", 40))}", "", Time("2031-01-01T00:00:00Z"), out var problem));

        Assert.DoesNotContain(Rune.ReplacementChar, problem!.Message.EnumerateRunes());
    }

    [Theory]
    [InlineData("2031-05-01T06:30:00Z", "2031-05-01T06:30:00Z")]
    [InlineData("2031-05-01t06:30:00z", "2031-05-01T06:30:00Z")]
    [InlineData("2031-05-01T06:30:00.123Z", "2031-05-01T06:30:00.123Z")]
    [InlineData("2031-05-01T06:30:00,1239999999999999Z", "2031-05-01T06:30:00.123Z")]
    [InlineData("2031-05-01T06:30Z", "2031-05-01T06:30:00Z")]
    [InlineData("2031-05-01T06:30.5Z", "2031-05-01T06:30:30Z")]
    [InlineData("2031-05-01T06.25", "2031-05-01T06:15:00Z")]
    [InlineData("2031-05-01T06", "2031-05-01T06:00:00Z")]
    [InlineData("2031-05-01T", "2031-05-01T00:00:00Z")]
    [InlineData("2031-05-01", "2031-05-01T00:00:00Z")]
    [InlineData("2031-5-1T6:3:2Z", "2031-05-01T06:03:02Z")]
    [InlineData("2031-05", "2031-05-01T00:00:00Z")]
    [InlineData("2031", "2031-01-01T00:00:00Z")]
    [InlineData("+2031", "2031-01-01T00:00:00Z")]
    [InlineData("2031-121", "2031-05-01T00:00:00Z")]
    [InlineData("2032-366", "2032-12-31T00:00:00Z")]
    [InlineData("2031-W18-4T06:30Z", "2031-05-01T06:30:00Z")]
    [InlineData("2031-W18", "2031-04-28T00:00:00Z")]
    [InlineData("2032-W53-7", "2033-01-02T00:00:00Z")]
    [InlineData("T06:30Z", "1970-01-01T06:30:00Z")]
    [InlineData("2031-05-01T06:30:00+02", "2031-05-01T04:30:00Z")]
    [InlineData("2031-05-01T06:30:00+0230", "2031-05-01T04:00:00Z")]
    [InlineData("2031-05-01T06:30:00-02:30", "2031-05-01T09:00:00Z")]
    [InlineData("2031-05-01T06:30:00-02:30:30", "2031-05-01T09:00:30Z")]
    [InlineData("2031-05-01T+02:00", "2031-04-30T22:00:00Z")]
    public void ParseIso_OfAStart_ReadsIt(string start, string expected)
    {
        var schedule = Schedule.ParseIso($"R/{start}/P1D", "", Time("2031-01-01T00:00:00Z"), out var problem);

        Assert.Null(problem);
        Assert.Equal(Time(expected), schedule!.FirstAtOrAfter(DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData("P1Y", "2032-05-01T00:00:00Z")]
    [InlineData("P1M", "2031-06-01T00:00:00Z")]
    [InlineData("P1W", "2031-05-08T00:00:00Z")]
    [InlineData("P1D", "2031-05-02T00:00:00Z")]
    [InlineData("P1dt1h", "2031-05-02T01:00:00Z")]
    [InlineData("PT1H", "2031-05-01T01:00:00Z")]
    [InlineData("PT1M", "2031-05-01T00:01:00Z")]
    [InlineData("PT1S", "2031-05-01T00:00:01Z")]
    [InlineData("PT1.0019S", "2031-05-01T00:00:01.001Z")]
    [InlineData("PT1,5S", "2031-05-01T00:00:01.5Z")]
    [InlineData("P1Y2M3W4DT5H6M7.008S", "2032-07-26T05:06:07.008Z")]
    [InlineData("P0Y0M1DT0H", "2031-05-02T00:00:00Z")]
    [InlineData("P0DT90M", "2031-05-01T01:30:00Z")]
    [InlineData("PT86400S", "2031-05-02T00:00:00Z")]
    public void ParseIso_OfAPeriod_ReadsIt(string period, string second)
    {
        var schedule = Schedule.ParseIso($"R/2031-05-01T00:00:00Z/{period}", "", Time("2031-01-01T00:00:00Z"), out var problem);

        Assert.Null(problem);
        Assert.Equal(Time(second), schedule!.FirstAfter(Time("2031-05-01T00:00:00Z")));
    }

    [Theory]
    [InlineData("", 0, "is empty")]
    [InlineData("FOO", 0, "'FOO' does not begin with R")]
    [InlineData("r//P1D", 0, "does not begin with R")]
    [InlineData(" R//P1D", 0, "does not begin with R")]
    [InlineData("R", 1, "has no '/'")]
    [InlineData("R/2031-05-01T06:30:00Z", 22, "has only one '/'")]
    [InlineData("R//P1D/", 6, "one '/' too many")]
    [InlineData("R/2031-05-01/2031-05-02/P1D", 23, "one '/' too many")]
    [InlineData("R-1//P1D", 1, "the count '-1' is not a whole number")]
    [InlineData("R+1//P1D", 1, "the count '+1'")]
    [InlineData("R1.5//P1D", 1, "the count '1.5'")]
    [InlineData("R٣//P1D", 1, "the count '٣'")]
    [InlineData("R99999999999999999999//P1D", 1, "is too large; at most 9223372036854775807")]
    [InlineData("R//", 3, "does not begin with P")]
    [InlineData("R//p1D", 3, "'p1D' does not begin with P")]
    [InlineData("R//1D", 3, "does not begin with P")]
    [InlineData("R//P", 3, "'P' is zero; it must be one second (PT1S) or longer")]
    [InlineData("R//PT", 3, "'PT' is zero")]
    [InlineData("R2//PT0S", 4, "'PT0S' is zero")]
    [InlineData("R//P0Y0M0DT0H", 3, "is zero")]
    [InlineData("R//PT0.999S", 3, "'PT0.999S' is too short")]
    [InlineData("R1//PT0.000001S", -1, "")]
    [InlineData("R1//PT0.5S", 4, "is too short")]
    [InlineData("R//P1", 5, "cannot be read at '1'")]
    [InlineData("R//PD", 4, "cannot be read at 'D'")]
    [InlineData("R//P-1D", 4, "cannot be read at '-1D'")]
    [InlineData("R//P1X", 5, "cannot be read at '1X'")]
    [InlineData("R//P1D1M", 7, "cannot be read at '1M'")]
    [InlineData("R//P1D1D", 7, "cannot be read at '1D'")]
    [InlineData("R//P1H", 5, "cannot be read at '1H'")]
    [InlineData("R//PT1D", 6, "cannot be read at '1D'")]
    [InlineData("R//PT1HT1M", 7, "cannot be read at 'T1M'")]
    [InlineData("R//P1.5D", 5, "only seconds may have a fraction")]
    [InlineData("R//PT1.S", 7, "cannot be read at '1.S'")]
    [InlineData("R//PT.5S", 5, "cannot be read at '.5S'")]
    [InlineData("R//P99999999999Y", 4, "a number above 999999999")]
    [InlineData("R//P1D ", 6, "cannot be read at ' '")]
    [InlineData("R/tomorrow/P1D", 3, "cannot be read at 'omorrow'")]
    [InlineData("R/morgen/P1D", 2, "'morgen' does not begin with a year")]
    [InlineData("R/ /P1D", 2, "does not begin with a year")]
    [InlineData("R/0000-01-01/P1D", 2, "not within 1 to 9999")]
    [InlineData("R/-0001-01-01/P1D", 2, "not within 1 to 9999")]
    [InlineData("R/+10000-01-01T00:00:00Z/P1D", 2, "not within 1 to 9999")]
    [InlineData("R/20310501T063000Z/P1D", 2, "not within 1 to 9999")]
    [InlineData("R/99999999999999999999/P1D", 2, "not within 1 to 9999")]
    [InlineData("R/2031-13-01/P1D", 7, "the month is 13; it must be from 1 to 12")]
    [InlineData("R/2031-00-01/P1D", 7, "the month is 0")]
    [InlineData("R/2031-/P1D", 7, "the month is missing")]
    [InlineData("R/2031-02-29/P1D", 10, "the day of 2031-02 is 29; it must be from 1 to 28")]
    [InlineData("R/2031-02-/P1D", 10, "the day of 2031-02 is missing")]
    [InlineData("R/2031-366/P1D", 7, "the day of 2031 is 366; it must be from 1 to 365")]
    [InlineData("R/2031-W53-1/P1D", 8, "the week is 53; it must be from 1 to 52")]
    [InlineData("R/2031-W01-8/P1D", 11, "the day of the week is 8")]
    [InlineData("R/9999-W52-6/P1D", 8, "not within the years 1 to 9999")]
    [InlineData("R/2031-05-01T24:00:00Z/P1D", 13, "the hour is 24; it must be from 0 to 23")]
    [InlineData("R/2031-05-01T06:60:00Z/P1D", 16, "the minute is 60")]
    [InlineData("R/2031-05-01T06:30:60Z/P1D", 19, "the second is 60")]
    [InlineData("R/2031-05-01T06:/P1D", 16, "the minute is missing")]
    [InlineData("R/2031-05-01T06:30:00./P1D", 22, "digits are missing")]
    [InlineData("R/2031-05-01T06:30:00ZZ/P1D", 22, "cannot be read at 'Z'")]
    [InlineData("R/2031-05-01 06:30:00Z/P1D", 12, "cannot be read at ' 06:30:00Z'")]
    [InlineData("R/2031-05-01Z/P1D", 12, "cannot be read at 'Z'")]
    [InlineData("R/2031-05-01T06:30:00+24:00/P1D", 22, "the hour of the offset is 24")]
    [InlineData("R/2031-05-01T06:30:00+19:00/P1D", 21, "longer than 18 hours")]
    [InlineData("R/2031-05-01T06:30:00+/P1D", 22, "the hour of the offset is missing")]
    [InlineData("R/0001-01-01T00:00:00+02:00/P1D", 2, "not within the years 1 to 9999 in UTC")]
    [InlineData("R/9999-12-31T23:59:59-02:00/P1D", 2, "not within the years 1 to 9999 in UTC")]
    public void ParseIso_OfNonsense_SaysWhatIsWrongAndWhere(string text, int offset, string expected)
    {
        if (offset < 0)
        {
            // Zero once milliseconds are whole; one time needs no period.
            Assert.NotNull(Schedule.ParseIso(text, "", Time("2031-01-01T00:00:00Z"), out _));
            return;
        }

        Assert.Null(Schedule.ParseIso(text, "", Time("2031-01-01T00:00:00Z"), out var problem));
        Assert.Contains(expected, problem!.Message, StringComparison.Ordinal);
        Assert.Equal(offset, problem.Offset);
        Assert.False(problem.IsZone);
        Assert.False(problem.IsBefore1970);
    }

    [Fact]
    public void ParseIso_OfALongText_IsRefusedShortly()
    {
        foreach (var text in new[] { new string('R', 1_000_000), "R" + new string('1', 1_000_000) + "//P1D", "R//P" + new string('1', 190) + "D", "R/" + new string('x', 150) + "/P1D" })
        {
            Assert.Null(Schedule.ParseIso(text, "", DateTimeOffset.UnixEpoch, out var problem));
            Assert.True(problem!.Message.Length < 400, problem.Message);
            Assert.InRange(problem.Offset, 0, text.Length);
        }
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00.999Z", "", true)]
    [InlineData("1970-01-01T00:00:01Z", "", false)]
    [InlineData("1970-01-01T00:30:00", "Europe/Berlin", true)]
    [InlineData("1969-12-31T23:30:00", "America/Denver", false)]
    [InlineData("1850-01-01T00:00:00", "", true)]
    public void ParseIso_OfAStartBefore1970_IsReadAndSaid(string start, string zone, bool isBefore)
    {
        Assert.NotNull(Schedule.ParseIso($"R/{start}/P1D", zone, DateTimeOffset.UnixEpoch, out var problem));
        Assert.Equal(isBefore, problem is { IsBefore1970: true, Offset: 2 });
        Assert.Equal(isBefore, problem is not null);
    }

    // The cases of zones that Chronos documents.
    [Theory]
    [InlineData("2008-03-01T13:00:00Z", "BST", "2008-03-01T13:00:00+06:00")]
    [InlineData("2008-03-01T13:00:00Z", "PST", "2008-03-01T13:00:00-08:00")]
    [InlineData("2008-03-01T13:00:00Z", "Europe/Paris", "2008-03-01T13:00:00+01:00")]
    [InlineData("2008-03-01T13:00:00-04:00", "PST", "2008-03-01T13:00:00-08:00")]
    [InlineData("2008-03-01", "PST", "2008-03-01T00:00:00-08:00")]
    public void ParseIso_WithAZone_ReplacesTheOffsetOfTheStart(string start, string zone, string expected)
    {
        var schedule = Schedule.ParseIso($"R/{start}/P1D", zone, DateTimeOffset.UnixEpoch, out var problem);

        Assert.Null(problem);
        Assert.Equal(Time(expected), schedule!.FirstAtOrAfter(DateTimeOffset.MinValue));
        Assert.Equal(zone, schedule.ZoneName);
    }

    [Theory]
    [InlineData("2031-05-01T06:30:00Z", "UTC")]
    [InlineData("2031-05-01T06:30:00", "UTC")]
    [InlineData("2031-05-01T06:30:00+02:00", "+02:00")]
    [InlineData("2031-05-01T06:30:00-02:30", "-02:30")]
    public void ZoneName_WithoutAZone_IsThatOfTheStart(string start, string expected)
    {
        var name = Schedule.ParseIso($"R/{start}/P1D", zone: null, DateTimeOffset.UnixEpoch, out _)!.ZoneName;

        Assert.Equal(expected, name);
        Assert.True(Schedule.IsZone(name, out _));
    }

    [Fact]
    public void ParseIso_InAnUnknownZone_SaysSo()
    {
        Assert.Null(Schedule.ParseIso("R//P1D", "Europe/Berln", DateTimeOffset.UnixEpoch, out var problem));
        Assert.True(problem!.IsZone);
        Assert.Equal("time zone 'Europe/Berln' is not known: did you mean Europe/Berlin?", problem.Message);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
