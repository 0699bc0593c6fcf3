using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Runs;

public sealed class RunStartsTests
{
    [Fact]
    public void Manual_KeyUsedBefore_TheRunMadeThen()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a"));
        var first = driver.Start("a", "--fast", "key");
        Assert.Equal(first, driver.Start("a", "--slow", "key"));
        driver.Finish(driver.LaunchOne());
        driver.Restart();
        Assert.Equal(first, driver.Start("a", null, "key"));
        Assert.NotEqual(first, driver.Start("a", null, "other"));
        Assert.Equal("--fast", driver.Run("a").Arguments);
    }

    [Fact]
    public void Triggered_Last_MergedIntoTheOneThatWaits()
    {
        var driver = Child(CatchUp.Last);
        driver.Trigger("child", A.Run("p", 1), A.Run("q", 4));
        driver.Pass(TimeSpan.FromSeconds(10));
        driver.Trigger("child", A.Run("p", 2), A.Run("o", 1));
        var run = Assert.Single(driver.Of("child"));
        Assert.Equal((RunCauseKind.Parents, 2L, A.Start, driver.Now), (run.Cause.Kind, run.Cause.Covers, run.Cause.FirstDue, run.Cause.Due));
        Assert.Equal([A.Run("o", 1), A.Run("p", 2), A.Run("q", 4)], run.Cause.Parents);
        driver.LaunchOne();
        driver.Trigger("child", A.Run("p", 3));
        Assert.Equal(2, driver.Of("child").Count);
    }

    [Fact]
    public void Triggered_All_EachItsRunUpToAHundred()
    {
        var driver = Child(CatchUp.All);
        for (var i = 1; i <= 102; i++)
        {
            driver.Trigger("child", A.Run("p", i));
        }

        Assert.Equal(100, driver.Of("child").Count);
        Assert.Equal(3, driver.Of("child")[^1].Cause.Covers);
    }

    [Fact]
    public void Triggered_None_SkippedWhenTooLate()
    {
        var driver = Child(CatchUp.None);
        driver.Trigger("child", A.Run("p", 1));
        driver.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal((RunState.Skipped, 1L), (driver.Run("child").State, driver.Progress("child").SkippedCount));
    }

    [Fact]
    public void Triggered_Disabled_NoRun()
    {
        var driver = Child(CatchUp.Last);
        driver.Disable("child");
        driver.Trigger("child", A.Run("p", 1));
        Assert.Empty(driver.Of("child"));
    }

    [Fact]
    public void Backfill_Forbid_OneAfterTheOther()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        driver.Disable("a");
        driver.PassUntil("2031-01-02T00:30Z");
        driver.Disable("a", disabled: false);
        Assert.Equal(3, driver.Backfill("a", "2031-01-01T02:30Z", "2031-01-01T05:00Z"));
        for (var hour = 3; hour <= 5; hour++)
        {
            var run = Assert.Single(driver.State.Runs.Open);
            Assert.Equal((RunCauseKind.Backfill, RunsDriver.At($"2031-01-01T0{hour}:00Z")), (run.Cause.Kind, run.Cause.Due));
            driver.Restart();
            var task = driver.LaunchOne();
            driver.Finish(task);
        }

        Assert.Empty(driver.State.Runs.Open);
        Assert.Null(driver.Progress("a").Backfill);
        Assert.Equal(0, driver.Progress("a").LateCount);
        Assert.Null(driver.Progress("a").LastDue);
    }

    [Fact]
    public void Backfill_Allow_AsManyAsMayWaitTheRestFollows()
    {
        var driver = new RunsDriver(new() { WaitingRunsMax = 10 });
        driver.Put(A.Job("a", "R/2030-01-01T00:00:00Z/PT1H") with { CatchUp = CatchUp.None, Concurrency = Concurrency.Allow });
        Assert.Equal(25, driver.Backfill("a", "2030-05-01T00:00Z", "2030-05-02T00:00Z"));
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(10, driver.State.Runs.Open.Count(run => run.Cause.Kind == RunCauseKind.Backfill));
        Assert.True(driver.Launch().Count >= 10);
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(20, driver.State.Runs.Open.Count(run => run.Cause.Kind == RunCauseKind.Backfill));
    }

    [Fact]
    public void Backfill_DisabledJob_WaitsUntilEnabled()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a", "R/2030-01-01T00:00:00Z/PT1H") with { CatchUp = CatchUp.None });
        driver.Disable("a");
        driver.Backfill("a", "2030-05-01T00:00Z", "2030-05-02T00:00Z");
        Assert.DoesNotContain(driver.Of("a"), run => run.Cause.Kind == RunCauseKind.Backfill);
        driver.Disable("a", disabled: false);
        Assert.Contains(driver.Of("a"), run => run.Cause.Kind == RunCauseKind.Backfill);
    }

    [Fact]
    public void Backfill_TimesToComeOrNone_LeftToTheSchedule()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        Assert.Equal(0, driver.Backfill("a", "2031-01-01T00:00Z", "2032-01-01T00:00Z"));
        Assert.Null(driver.Progress("a").Backfill);
    }

    [Fact]
    public void Late_NotStartedInTime_ToldOnce()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H") with { Owner = "a@example.org", Epsilon = TimeSpan.FromMinutes(5) });
        driver.PassUntil("2031-01-01T01:05:00Z");
        Assert.False(driver.Run("a").IsLate);
        driver.Restart();
        driver.PassUntil("2031-01-01T01:05:00.001Z");
        Assert.True(driver.Run("a").IsLate);
        driver.Pass(TimeSpan.FromMinutes(10));
        driver.LaunchOne();
        driver.Restart();
        driver.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(1, driver.Progress("a").LateCount);
        Assert.Single(driver.Notices.Where(notice => notice.Kind == NoticeKind.Late).Select(notice => notice.Sequence).Distinct());
        Assert.Contains("has not started within 300 s after it was due", driver.Notices.First(notice => notice.Kind == NoticeKind.Late).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Late_StartedInTimeButHeardLate_IsNotLateAndTheOtherWayRound()
    {
        foreach (var (second, late) in new[] { (59, false), (61, true) })
        {
            var driver = new RunsDriver();
            driver.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
            driver.PassUntil("2031-01-01T01:00Z");
            var task = driver.LaunchOne(null);
            driver.Now = driver.Now.AddSeconds(61);
            var status = An.Status(task, TaskState.TaskRunning);
            status.Timestamp = RunsDriver.At("2031-01-01T01:00Z").AddSeconds(second).ToUnixTimeSeconds();
            driver.Step(new JobsInput.Updated(status));
            Assert.Equal(late, driver.Run("a").IsLate);
        }
    }

    [Fact]
    public void Late_StartBeforeTheScheduleWasSet_CountsFromThen()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a", "R/2020-01-01T05:00:00Z/P1D"));
        driver.Pass(TimeSpan.FromSeconds(60));
        Assert.False(driver.Run("a").IsLate);
        driver.LaunchOne();
        driver.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(0, driver.Progress("a").LateCount);
    }

    private static RunsDriver Child(CatchUp catchUp)
    {
        var driver = new RunsDriver();
        driver.Put(A.Child("child", "p", "q") with { CatchUp = catchUp });
        return driver;
    }
}
