using System.Globalization;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

public class ZoneNamesTests
{
    [Theory]
    [InlineData(null, "+00:00")]
    [InlineData("", "+00:00")]
    [InlineData("UTC", "+00:00")]
    [InlineData("Etc/UTC", "+00:00")]
    [InlineData("GMT", "+00:00")]
    [InlineData("Z", "+00:00")]
    [InlineData("Zulu", "+00:00")]
    [InlineData("Europe/Berlin", "+01:00")]
    [InlineData("US/Mountain", "-07:00")]
    [InlineData("EST", "-05:00")]
    [InlineData("EST5EDT", "-05:00")]
    [InlineData("MST", "-07:00")]
    [InlineData("HST", "-10:00")]
    [InlineData("PST", "-08:00")]
    [InlineData("IST", "+05:30")]
    [InlineData("+02:00", "+02:00")]
    [InlineData("-0330", "-03:30")]
    [InlineData("+5", "+05:00")]
    [InlineData("GMT+2", "+02:00")]
    [InlineData("GMT-03:30", "-03:30")]
    [InlineData("UTC+02:00", "+02:00")]
    [InlineData("Etc/GMT+7", "-07:00")]
    public void IsZone_OfAKnownName_ShowsItsOffset(string? name, string offset)
    {
        Assert.True(Schedule.IsZone(name, out var problem));
        Assert.Null(problem);

        var schedule = Schedule.ParseCron("0 0 * * *", name, out _)!;

        Assert.Equal(string.IsNullOrEmpty(name) ? "UTC" : name, schedule.ZoneName);
        Assert.Equal(TimeSpan.Parse(offset.TrimStart('+'), CultureInfo.InvariantCulture), schedule.ToZone(new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)).Offset);
    }

    [Theory]
    [InlineData("europe/berlin", "did you mean Europe/Berlin?")]
    [InlineData("America/New York", "did you mean America/New_York?")]
    [InlineData("Berlin", "did you mean Europe/Berlin?")]
    [InlineData("Amerika/Denver", "did you mean America/Denver?")]
    [InlineData("Mars/Olympus", "use an IANA name such as Europe/Berlin, or an offset such as +02:00")]
    [InlineData(" ", "use an IANA name")]
    [InlineData("+25:00", "use an IANA name")]
    [InlineData("GMT+", "did you mean ")]
    public void IsZone_OfAnUnknownName_TellsNamesNearIt(string name, string expected)
    {
        Assert.False(Schedule.IsZone(name, out var problem));
        Assert.Contains($"time zone '{name}' is not known: ", problem!.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.IsZone);
    }

    // Due times of ISO schedules never decrease because of this.
    [Fact]
    public void Zones_Known_NeverSkipMoreThanADay()
    {
        var zones = NodaTime.DateTimeZoneProviders.Tzdb.Ids.Select(id => NodaTime.DateTimeZoneProviders.Tzdb[id]).ToList();

        Assert.True(zones.Count > 400);
        foreach (var zone in zones)
        {
            var offsets = zone.GetZoneIntervals(NodaTime.Instant.FromUtc(1700, 1, 1, 0, 0), NodaTime.Instant.FromUtc(2200, 1, 1, 0, 0)).Select(interval => interval.WallOffset.ToTimeSpan()).ToList();
            Assert.All(offsets.Zip(offsets.Skip(1)), change => Assert.InRange(change.Second - change.First, -TimeSpan.FromDays(1), TimeSpan.FromDays(1)));
        }
    }

    [Fact]
    public void IsZone_OfALongName_IsRefusedShortly()
    {
        Assert.False(Schedule.IsZone(new string('x', 1_000_000), out var problem));
        Assert.True(problem!.Message.Length < 200);
    }

    [Fact]
    public void IsZone_OfManyNames_KeepsWorking()
    {
        for (var seconds = 0; seconds < 10_000; seconds++)
        {
            Assert.True(Schedule.IsZone(string.Create(CultureInfo.InvariantCulture, $"+{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}"), out _));
        }
    }
}
