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

    private static Schedule Iso(string text, string zone)
    {
        var schedule = Schedule.ParseIso(text, zone, Time("2031-01-01T00:00:00Z"), out var problem);
        Assert.Null(problem);
        return schedule!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
