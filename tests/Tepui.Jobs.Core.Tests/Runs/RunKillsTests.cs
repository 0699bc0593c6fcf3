using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Jobs.Core.Tests.Runs;

public sealed class RunKillsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Kill_Waiting_EndsAtOnce()
    {
        var driver = AttemptTests.Started(out _);
        driver.Kill("a");
        Assert.Equal(RunState.Killed, driver.Run("a").State);
        Assert.Empty(driver.Kills);
        Assert.Empty(driver.Launch());
    }

    [Fact]
    public void Kill_Running_RepeatedUntilItsEndIsHeard()
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne();
        driver.Kill("a");
        driver.Kill("a");
        Assert.Single(driver.Kills);
        driver.Pass(30 * Second);
        driver.Pass(30 * Second);
        Assert.Equal([task, task, task], driver.Kills);
        Assert.Contains(driver.Questions, question => question.Tasks.Any(asked => asked.Task.Value == task));
        driver.Tell(task, TaskState.TaskKilled);
        Assert.Equal(RunState.Killed, driver.Run("a").State);
        driver.Effects.Clear();
        driver.Pass(120 * Second);
        Assert.Empty(driver.Kills);
    }

    [Theory]
    [InlineData(TaskState.TaskFinished, RunState.Succeeded)]
    [InlineData(TaskState.TaskFailed, RunState.Killed)]
    [InlineData(TaskState.TaskLost, RunState.Killed)]
    [InlineData(TaskState.TaskGone, RunState.Killed)]
    [InlineData(TaskState.TaskDropped, RunState.Killed)]
    public void Kill_TaskEndsOtherwise_NoRetry(TaskState end, RunState state)
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne();
        driver.Kill("a");
        driver.Tell(task, end);
        Assert.Equal(state, driver.Run("a").State);
        Assert.Equal(0, driver.Progress("a").ErrorCount);
    }

    [Fact]
    public void Kill_Launching_TheTaskThatShowsIsKilledAgain()
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne(null);
        driver.Kill("a");
        driver.Tell(task, TaskState.TaskStaging);
        Assert.Equal([task, task], driver.Kills);
        driver.Tell(task, TaskState.TaskUnknown, Reason.Reconciliation);
        Assert.Equal(RunState.Killed, driver.Run("a").State);
    }

    [Fact]
    public void Kill_WithoutSession_SentWithTheNext()
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne();
        driver.Step(new JobsInput.Disconnected());
        driver.Kill("a");
        driver.Pass(60 * Second);
        Assert.Empty(driver.Kills);
        driver.Restart();
        Assert.Equal([task], driver.Kills);
        driver.Tell(task, TaskState.TaskKilled);
        Assert.Equal(RunState.Killed, driver.Run("a").State);
    }

    [Fact]
    public void Kill_Unreachable_EndsWhenItsTimeIsOver()
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskUnreachable);
        driver.Kill("a");
        driver.Pass(299 * Second);
        Assert.Equal(RunState.Unreachable, driver.Run("a").State);
        driver.Pass(Second);
        Assert.Equal(RunState.Killed, driver.Run("a").State);
        driver.Effects.Clear();
        driver.Tell(task, TaskState.TaskRunning);
        Assert.Equal([task], driver.Kills);
    }

    [Fact]
    public void Timeout_RunsTooLong_KilledAndFailedWithoutRetry()
    {
        var driver = AttemptTests.Started(out _, A.Job("a") with { MaxCompletionTime = TimeSpan.FromMinutes(10) });
        driver.Pass(5 * Second);
        var task = driver.LaunchOne();
        driver.Restart(TimeSpan.FromMinutes(9));
        driver.Pass(59 * Second);
        Assert.Empty(driver.Kills);
        driver.Pass(Second);
        Assert.Equal([task], driver.Kills);
        driver.Tell(task, TaskState.TaskKilled);
        Assert.Equal((RunState.Failed, 1L), (driver.Run("a").State, driver.Progress("a").ErrorCount));
        Assert.Equal("ran for longer than its job allows and was ended", driver.Run("a").Message);
        Assert.Equal(NoticeKind.Failure, Assert.Single(driver.Notices).Kind);
    }

    [Fact]
    public void Timeout_EachAttempt_CountsForItself()
    {
        var driver = AttemptTests.Started(out _, A.Job("a") with { MaxCompletionTime = TimeSpan.FromMinutes(10) });
        var first = driver.LaunchOne();
        driver.Pass(TimeSpan.FromMinutes(8));
        driver.Tell(first, TaskState.TaskFailed);
        driver.Pass(TimeSpan.FromMinutes(1));
        driver.LaunchOne();
        driver.Pass(TimeSpan.FromMinutes(8));
        Assert.Empty(driver.Kills);
    }

    [Fact]
    public void Async_Finished_WaitsForTheWord()
    {
        var driver = Async(out var task);
        driver.Finish(task);
        Assert.Equal(RunState.Completing, driver.Run("a").State);
        driver.Start("a");
        Assert.Empty(driver.Launch());
        driver.Restart();
        driver.Complete("a", succeeded: true);
        Assert.Equal(RunState.Succeeded, driver.Run("a").State);
        driver.LaunchOne();
    }

    [Fact]
    public void Async_WordBeforeTheEndOfTheTask_IsTheEnd()
    {
        var driver = Async(out var task);
        driver.Complete("a", succeeded: true);
        Assert.Equal(RunState.Succeeded, driver.Run("a").State);
        driver.Tell(task, TaskState.TaskRunning, Reason.Reconciliation);
        driver.Finish(task);
        Assert.Empty(driver.Kills);
        Assert.Equal(1, driver.Progress("a").SuccessCount);
    }

    [Fact]
    public void Async_Failed_TriedAgain()
    {
        var driver = Async(out var task);
        driver.Finish(task);
        driver.Complete("a", succeeded: false);
        Assert.Equal((RunState.Waiting, 1, "said so"), (driver.Run("a").State, driver.Run("a").Attempt, driver.Run("a").Message));
    }

    [Fact]
    public void Async_NoWordInTime_Failed()
    {
        var driver = Async(out var task, TimeSpan.FromMinutes(10));
        driver.Finish(task);
        driver.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(RunState.Failed, driver.Run("a").State);
    }

    [Fact]
    public void Async_KilledWhileCompleting_EndsAtOnce()
    {
        var driver = Async(out var task);
        driver.Finish(task);
        driver.Kill("a");
        Assert.Equal(RunState.Killed, driver.Run("a").State);
    }

    [Fact]
    public void Orphan_Running_KilledAndNothingFollows()
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne();
        driver.Remove("a");
        Assert.Equal([task], driver.Kills);
        Assert.True(driver.Run("a").IsOrphaned);
        driver.Restart();
        driver.Tell(task, TaskState.TaskFailed);
        Assert.Empty(driver.State.Runs.Open);
        Assert.Empty(driver.Notices);
        Assert.DoesNotContain(driver.Store.Keys, key => key.StartsWith("runs/", StringComparison.Ordinal));
    }

    [Fact]
    public void Orphan_JobMadeAgain_ItsRunsAreOthers()
    {
        var driver = AttemptTests.Started(out _);
        var old = driver.LaunchOne();
        driver.Remove("a");
        driver.Put(A.Job("a"));
        Assert.Equal(2, driver.Start("a").Number);
        Assert.Empty(driver.Launch());
        driver.Tell(old, TaskState.TaskFailed);
        var task = driver.LaunchOne();
        Assert.NotEqual(old, task);
        Assert.Equal(0, driver.Progress("a").ErrorCount);
    }

    private static RunsDriver Async(out string task, TimeSpan most = default)
    {
        var driver = AttemptTests.Started(out _, A.Job("a") with { Async = true, MaxCompletionTime = most });
        task = driver.LaunchOne();
        return driver;
    }
}
