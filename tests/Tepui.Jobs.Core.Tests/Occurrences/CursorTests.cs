using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Jobs.Core.Tests.Runs;

namespace Tepui.Jobs.Core.Tests.Occurrences;

public sealed class CursorTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Now = RunsDriver.At("2031-01-10T15:00:00Z");

    [Theory]
    [InlineData(CatchUp.Last, "2031-01-01T06:00:00Z", "2031-01-10T06:00:00Z")]
    [InlineData(CatchUp.Last, "2031-02-01T06:00:00Z", "2031-02-01T06:00:00Z")]
    [InlineData(CatchUp.All, "2031-01-01T06:00:00Z", "2031-01-11T06:00:00Z")]
    [InlineData(CatchUp.None, "2031-01-01T14:59:01Z", "2031-01-10T14:59:01Z")]
    [InlineData(CatchUp.None, "2031-01-01T14:58:59Z", "2031-01-11T14:58:59Z")]
    [InlineData(CatchUp.All, "2031-01-01T14:59:01Z", "2031-01-10T14:59:01Z")]
    public void Begin_ByCatchUp(CatchUp catchUp, string start, string next)
    {
        var progress = Cursor.Begin(JobProgress.None, A.Job("a", $"R/{start}/P1D") with { CatchUp = catchUp }, Now, Minute);
        Assert.Equal(RunsDriver.At(next), progress.NextDue);
        Assert.Null(progress.Remaining);
    }

    [Fact]
    public void Begin_Cron_FromNow()
    {
        var progress = Cursor.Begin(JobProgress.None, A.Job("a") with { Schedule = A.Cron("0 8 * * *") }, Now, Minute);
        Assert.Equal(RunsDriver.At("2031-01-11T08:00Z"), progress.NextDue);
    }

    [Fact]
    public void Begin_Replaced_NoTimeThatWasTakenCareOfComesAgain()
    {
        var before = JobProgress.None with { LastDue = RunsDriver.At("2031-01-10T12:00Z"), LastRun = 7 };
        var progress = Cursor.Begin(before, A.Job("a", "R4/2031-01-01T06:00:00Z/P1D"), Now, Minute);
        Assert.Equal((RunsDriver.At("2031-01-11T06:00Z"), 4L, 7L), (progress.NextDue, progress.Remaining, progress.LastRun));
    }

    [Fact]
    public void Begin_NothingWantedOrNoSchedule_NoTime()
    {
        Assert.Null(Cursor.Begin(JobProgress.None, A.Job("a", "R0/2031-01-01T06:00:00Z/P1D"), Now, Minute).NextDue);
        Assert.Null(Cursor.Begin(JobProgress.None with { NextDue = Now, Remaining = 3 }, A.Child("a", "b"), Now, Minute).NextDue);
    }

    [Fact]
    public void Begin_EndsOfTheCalendar_DoNotOverflow()
    {
        var spec = A.Job("a", "R/9999-12-31T23:59:59Z/P1D") with { CatchUp = CatchUp.None };
        Assert.Equal(RunsDriver.At("9999-12-31T23:59:59Z"), Cursor.Begin(JobProgress.None, spec, DateTimeOffset.MinValue, TimeSpan.MaxValue).NextDue);
        Assert.Null(Cursor.Begin(JobProgress.None, spec, DateTimeOffset.MaxValue, TimeSpan.Zero).NextDue);
        Assert.Null(Cursor.Resume(JobProgress.None, spec, DateTimeOffset.MaxValue).NextDue);
        Assert.Null(Cursor.Passed(JobProgress.None, spec.Schedule!, RunsDriver.At("9999-12-31T23:59:59Z"), 1).NextDue);
    }

    [Fact]
    public void Resume_FirstTimeAfterNow()
    {
        var spec = A.Job("a", "R/2031-01-01T15:00:00Z/P1D");
        Assert.Equal(Now.AddDays(1), Cursor.Resume(JobProgress.None, spec, Now).NextDue);
        Assert.Null(Cursor.Resume(JobProgress.None with { Remaining = 0 }, spec, Now).NextDue);
        Assert.Equal(Now.AddDays(4), Cursor.Resume(JobProgress.None with { LastDue = Now.AddDays(3) }, spec, Now).NextDue);
    }

    [Fact]
    public void Disabled_MissedTimesAreNotMadeUpFor()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", "R/2031-01-01T01:00:00Z/PT1H"));
        driver.Disable("tick");
        driver.PassUntil("2031-01-01T05:30Z");
        driver.Disable("tick", disabled: false);
        Assert.Empty(driver.Of("tick"));
        driver.PassUntil("2031-01-01T06:00Z");
        Assert.Equal(1, Assert.Single(driver.Of("tick")).Cause.Covers);
    }
}
