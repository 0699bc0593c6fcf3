using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Runs;

public sealed class AdmissionTests
{
    [Fact]
    public void Forbid_OldestFirstOneAfterTheOther()
    {
        var driver = With(Concurrency.Forbid, runs: 3);
        Assert.Equal([A.Run("a", 1)], driver.State.Admission.Admitted);
        var first = driver.LaunchOne();
        Assert.Empty(driver.Launch());
        driver.Finish(first);
        var second = driver.LaunchOne();
        Assert.Equal(RunState.Running, driver.Run("a", 2).State);
        driver.Finish(second);
        driver.LaunchOne();
    }

    [Fact]
    public void Forbid_RunBetweenAttempts_HoldsTheOthersBack()
    {
        var driver = With(Concurrency.Forbid, runs: 2);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        driver.Pass(TimeSpan.FromSeconds(59));
        Assert.Empty(driver.Launch());
        driver.Pass(TimeSpan.FromSeconds(1));
        driver.LaunchOne();
        Assert.Equal((RunState.Running, RunState.Waiting), (driver.Run("a", 1).State, driver.Run("a", 2).State));
    }

    [Theory]
    [InlineData(TaskState.TaskUnreachable)]
    [InlineData(TaskState.TaskKilling)]
    public void Forbid_WhateverMayLive_HoldsTheOthersBack(TaskState state)
    {
        var driver = With(Concurrency.Forbid, runs: 2);
        driver.Tell(driver.LaunchOne(), state);
        Assert.Empty(driver.Launch());
    }

    [Fact]
    public void Allow_AllAtOnce()
    {
        var driver = With(Concurrency.Allow, runs: 3);
        Assert.Equal(3, driver.Launch().Count);
        Assert.All(driver.Of("a"), run => Assert.Equal(RunState.Launching, run.State));
    }

    [Fact]
    public void Allow_RunBetweenAttempts_HoldsNobodyBack()
    {
        var driver = With(Concurrency.Allow, runs: 1);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        driver.Start("a");
        driver.LaunchOne();
        Assert.Equal(RunState.Running, driver.Run("a", 2).State);
    }

    [Fact]
    public void Replace_NewRun_KillsTheOneUnderWayThenStarts()
    {
        var driver = With(Concurrency.Replace, runs: 1);
        var first = driver.LaunchOne();
        driver.Start("a");
        Assert.Equal([first], driver.Kills);
        Assert.Equal(KillWish.Replaced, driver.Run("a").Kill);
        Assert.Empty(driver.Launch());
        driver.Tell(first, TaskState.TaskKilled);
        Assert.Equal(RunState.Killed, driver.Run("a").State);
        driver.LaunchOne();
        Assert.Equal(RunState.Running, driver.Run("a", 2).State);
        Assert.Equal(0, driver.Progress("a").ErrorCount);
    }

    [Fact]
    public void Replace_RunBetweenAttempts_EndsAtOnce()
    {
        var driver = With(Concurrency.Replace, runs: 1);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        driver.Start("a");
        Assert.Equal(RunState.Killed, driver.Run("a").State);
        driver.LaunchOne();
    }

    [Fact]
    public void Replace_SeveralThatWait_DoNotKillOneAnother()
    {
        var driver = With(Concurrency.Replace, runs: 2);
        var first = driver.LaunchOne();
        Assert.Empty(driver.Kills);
        driver.Finish(first);
        driver.LaunchOne();
    }

    [Fact]
    public void Replace_Wish_SurvivesRestartAndIsSentAgain()
    {
        var driver = With(Concurrency.Replace, runs: 1);
        var first = driver.LaunchOne();
        driver.Start("a");
        driver.Effects.Clear();
        driver.Restart();
        Assert.Equal([first], driver.Kills);
        Assert.Empty(driver.Launch());
    }

    [Fact]
    public void Disabled_WaitingRunsAreDropped()
    {
        var driver = With(Concurrency.Forbid, runs: 3);
        var task = driver.LaunchOne();
        driver.Disable("a");
        Assert.Equal([RunState.Running, RunState.Skipped, RunState.Skipped], driver.Of("a").Select(run => run.State));
        driver.Finish(task);
        Assert.Equal(RunState.Succeeded, driver.Run("a").State);
        Assert.Equal(0, driver.Progress("a").SkippedCount);
    }

    [Fact]
    public void Disabled_WaitingOccurrence_CountsAsSkipped()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        driver.PassUntil("2031-01-01T03:30Z");
        driver.Disable("a");
        Assert.Equal(3, driver.Progress("a").SkippedCount);
    }

    [Fact]
    public void Concurrency_Changed_HoldsFromThen()
    {
        var driver = With(Concurrency.Forbid, runs: 3);
        driver.LaunchOne();
        driver.Put(driver.Job("a").Spec with { Concurrency = Concurrency.Allow });
        Assert.Equal(2, driver.Launch().Count);
    }

    [Fact]
    public void Waiting_Removed_NothingIsLaunched()
    {
        var driver = With(Concurrency.Forbid, runs: 2);
        driver.Remove("a");
        Assert.Empty(driver.Launch());
        Assert.Empty(driver.State.Runs.Open);
        Assert.DoesNotContain(driver.Store.Keys, key => key.StartsWith("runs/", StringComparison.Ordinal));
    }

    private static RunsDriver With(Concurrency concurrency, int runs)
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a") with { Concurrency = concurrency });
        for (var i = 0; i < runs; i++)
        {
            driver.Start("a");
        }

        return driver;
    }
}
