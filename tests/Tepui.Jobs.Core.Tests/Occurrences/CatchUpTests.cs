using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Jobs.Core.Tests.Runs;

namespace Tepui.Jobs.Core.Tests.Occurrences;

public sealed class CatchUpTests
{
    private const string Hourly = "R/2031-01-01T01:00:00Z/PT1H";

    [Fact]
    public void Due_OnTime_OneRunAndTheCursorBehindIt()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", Hourly));
        driver.PassUntil("2031-01-01T00:59:59.999Z");
        Assert.Empty(driver.Of("tick"));
        driver.PassUntil("2031-01-01T01:00:00Z");
        var run = Assert.Single(driver.Of("tick"));
        Assert.Equal((RunState.Waiting, RunsDriver.At("2031-01-01T01:00Z"), RunsDriver.At("2031-01-01T01:00Z"), 1L), (run.State, run.Cause.FirstDue, run.Cause.Due, run.Cause.Covers));
        Assert.Equal(RunsDriver.At("2031-01-01T02:00Z"), driver.Progress("tick").NextDue);
        Assert.Equal(RunsDriver.At("2031-01-01T01:00Z"), driver.Progress("tick").LastDue);
    }

    [Fact]
    public void Last_ManyDueWhileOneRuns_CollapseIntoOneThatWaits()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", "R5/2031-01-01T01:00:00Z/PT1H"));
        driver.PassUntil("2031-01-01T01:00Z");
        var task = driver.LaunchOne();
        driver.PassUntil("2031-01-01T04:30Z");
        Assert.Equal(2, driver.Of("tick").Count);
        var waiting = driver.Run("tick", 2);
        Assert.Equal((RunsDriver.At("2031-01-01T02:00Z"), RunsDriver.At("2031-01-01T04:00Z"), 3L), (waiting.Cause.FirstDue, waiting.Cause.Due, waiting.Cause.Covers));
        Assert.Equal(3, driver.Progress("tick").Remaining);
        Assert.Empty(driver.Launch());
        driver.Finish(task);
        driver.LaunchOne();
        Assert.Equal(RunState.Running, driver.Run("tick", 2).State);
    }

    [Fact]
    public void Last_LongOutage_OneRunThatCoversAll()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", "R/2031-01-01T00:01:00Z/PT1M"));
        driver.Restart(TimeSpan.FromDays(3650));
        driver.Tick();
        var run = Assert.Single(driver.Of("tick"));
        Assert.Equal(3650L * 24 * 60, run.Cause.Covers);
        Assert.Equal(driver.Now, run.Cause.Due);
    }

    [Fact]
    public void Last_RunBetweenAttempts_IsNotExtended()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", Hourly) with { RetryBackoff = new(TimeSpan.FromHours(3), 1, TimeSpan.FromHours(3)) });
        driver.PassUntil("2031-01-01T01:00Z");
        driver.Tell(driver.LaunchOne(), Protocol.V1.TaskState.TaskFailed);
        driver.PassUntil("2031-01-01T03:00Z");
        Assert.Equal(1, driver.Run("tick").Cause.Covers);
        Assert.Equal(2, driver.Run("tick", 2).Cause.Covers);
        Assert.Empty(driver.Launch());
    }

    [Fact]
    public void All_ManyDue_EachItsRunAtMostAHundredWaiting()
    {
        var driver = new RunsDriver(checksRestart: false);
        driver.Put(A.Job("tick", "R/2031-01-01T00:01:00Z/PT1M") with { CatchUp = CatchUp.All, Concurrency = Concurrency.Allow });
        driver.Restart(TimeSpan.FromMinutes(250));
        driver.ChecksRestart = true;
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(100, driver.Of("tick").Count);
        Assert.Equal(100, driver.Launch().Count);
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(200, driver.Of("tick").Count);
        Assert.Equal(100, driver.Launch().Count);
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(250, driver.Of("tick").Count);
        Assert.Equal([.. Enumerable.Range(1, 250).Select(minute => A.Start.AddMinutes(minute))], driver.Of("tick").Select(run => run.Cause.Due));
    }

    [Fact]
    public void All_Count_GoesDownPerOccurrence()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", "R3/2031-01-01T01:00:00Z/PT1H") with { CatchUp = CatchUp.All });
        driver.Restart(TimeSpan.FromDays(2));
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(3, driver.Of("tick").Count);
        Assert.Equal((0L, null), (driver.Progress("tick").Remaining, driver.Progress("tick").NextDue));
    }

    [Fact]
    public void None_LongOutage_SkippedAtOnceAndCounted()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", "R/2031-01-01T00:01:00Z/PT1M") with { CatchUp = CatchUp.None, Epsilon = TimeSpan.FromMinutes(2) });
        driver.Restart(TimeSpan.FromDays(3650));
        driver.Pass(TimeSpan.Zero);

        // Those of now and of the two minutes before can still start in time.
        Assert.Equal([driver.Now.AddMinutes(-2), driver.Now.AddMinutes(-1), driver.Now], driver.Of("tick").Select(run => run.Cause.Due));
        Assert.Equal((3650L * 24 * 60) - 3, driver.Progress("tick").SkippedCount);
        Assert.Equal(driver.Now.AddMinutes(-3), driver.Progress("tick").LastSkipped);
    }

    [Fact]
    public void None_RunThatWaitsTooLong_IsSkipped()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", Hourly) with { CatchUp = CatchUp.None });
        driver.PassUntil("2031-01-01T01:01:00Z");
        Assert.Equal(RunState.Waiting, driver.Run("tick").State);
        driver.PassUntil("2031-01-01T01:01:00.001Z");
        Assert.Equal(RunState.Skipped, driver.Run("tick").State);
        Assert.Equal((1L, RunsDriver.At("2031-01-01T01:00Z")), (driver.Progress("tick").SkippedCount, driver.Progress("tick").LastSkipped));
        Assert.Empty(driver.Launch());
    }

    [Fact]
    public void None_LaunchThatDidNotHappen_IsSkippedInTimeAllTheSame()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", Hourly) with { CatchUp = CatchUp.None });
        driver.PassUntil("2031-01-01T01:00Z");
        driver.Tell(driver.LaunchOne(null), Protocol.V1.TaskState.TaskDropped);
        driver.PassUntil("2031-01-01T01:02Z");
        Assert.Equal(RunState.Skipped, driver.Run("tick").State);
    }

    [Fact]
    public void None_RetryAfterEpsilon_IsStillMade()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", Hourly) with { CatchUp = CatchUp.None });
        driver.PassUntil("2031-01-01T01:00Z");
        driver.Tell(driver.LaunchOne(), Protocol.V1.TaskState.TaskFailed);
        driver.PassUntil("2031-01-01T01:30Z");
        driver.Finish(driver.LaunchOne());
        Assert.Equal(RunState.Succeeded, driver.Run("tick").State);
    }

    [Fact]
    public void Mint_VeryManyOverdueJobs_GoesInStepsThatFollowAtOnce()
    {
        var driver = new RunsDriver(checksRestart: false);
        driver.In(turn =>
        {
            for (var i = 0; i < 2500; i++)
            {
                var spec = A.Job($"job{i}", Hourly);
                driver.State.Jobs.Put(turn, new(spec, Core.Occurrences.Cursor.Begin(Core.Jobs.JobProgress.None, spec, driver.Now, TimeSpan.Zero)));
            }
        });
        driver.Restart(TimeSpan.FromHours(5));
        Assert.Equal(1000, driver.State.Runs.OpenCount);
        Assert.True(driver.Core.NextDeadline <= driver.Now);
        driver.Tick();
        Assert.Equal(2000, driver.State.Runs.OpenCount);
        driver.Pass(TimeSpan.Zero);
        Assert.Equal(2500, driver.State.Runs.OpenCount);
        Assert.True(driver.Core.NextDeadline > driver.Now);
    }

    [Fact]
    public void Count_RunOutAndSucceeded_DisabledWithANotice()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("once", "R1/2031-01-01T01:00:00Z/PT1H") with { Owner = "a@example.org" });
        driver.PassUntil("2031-01-01T01:00Z");
        Assert.Null(driver.Progress("once").NextDue);
        Assert.False(driver.Job("once").Spec.Disabled);
        driver.Finish(driver.LaunchOne());
        Assert.True(driver.Job("once").Spec.Disabled);
        Assert.Contains(driver.Notices, notice => notice.Kind == Core.Notices.NoticeKind.Disabled);
    }

    [Fact]
    public void Count_RunOutAndFailed_StaysEnabled()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("once", "R1/2031-01-01T01:00:00Z/PT1H") with { Retries = 0 });
        driver.PassUntil("2031-01-01T01:00Z");
        driver.Tell(driver.LaunchOne(), Protocol.V1.TaskState.TaskFailed);
        Assert.False(driver.Job("once").Spec.Disabled);
    }

    [Fact]
    public void Clock_SetBack_NoOccurrenceTwice()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("tick", Hourly) with { CatchUp = CatchUp.All, Concurrency = Concurrency.Allow });
        driver.PassUntil("2031-01-01T05:30Z");
        Assert.Equal(5, driver.Of("tick").Count);
        driver.Now = RunsDriver.At("2031-01-01T01:30Z");
        driver.Tick();
        driver.PassUntil("2031-01-01T05:59Z");
        Assert.Equal(5, driver.Of("tick").Count);
        driver.PassUntil("2031-01-01T06:00Z");
        Assert.Equal(6, driver.Of("tick").Count);
    }
}
