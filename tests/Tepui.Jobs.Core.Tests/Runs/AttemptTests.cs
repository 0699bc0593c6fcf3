using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Jobs.Core.Tests.Runs;

public sealed class AttemptTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Attempt_AgentIsFirstToEndItForItsLimit_FailedAndNotTriedAgain()
    {
        var driver = Started(out _, A.Job("a") with { MaxCompletionTime = Minute });
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed, Reason.MaxCompletionTimeReached);
        Assert.Equal((RunState.Failed, "ran for longer than its job allows and was ended"), (driver.Run("a").State, driver.Run("a").Message));
        Assert.Equal(1, driver.Progress("a").ErrorCount);
    }

    [Fact]
    public void History_OldRunEndsAfterNewerOnes_IsKeptAndTheOneThatEndedFirstGoes()
    {
        var driver = Started(out var first, A.Job("a") with { Concurrency = Concurrency.Allow, Retries = 0 }, new() { RunsKept = 2 });
        var task = driver.LaunchOne();
        for (var i = 0; i < 2; i++)
        {
            driver.Start("a");
            driver.Finish(driver.LaunchOne());
            driver.Pass(Minute);
        }

        driver.Tell(task, TaskState.TaskFailed);
        Assert.Equal([first.Number, first.Number + 2], driver.Of("a").Select(run => run.Id.Number));
    }

    [Fact]
    public void Attempt_Succeeds_CountsAndTells()
    {
        var driver = Started(out var run);
        var task = driver.LaunchOne(TaskState.TaskStaging);
        Assert.Equal(RunState.Staging, driver.Run("a").State);
        driver.Tell(task, TaskState.TaskStarting);
        driver.Tell(task, TaskState.TaskRunning);
        Assert.Equal(RunState.Running, driver.Run("a").State);
        driver.Pass(Minute);
        driver.Finish(task);
        var ended = driver.Run("a");
        Assert.Equal((RunState.Succeeded, driver.Now, driver.Now - Minute), (ended.State, ended.EndedAt!.Value, ended.StartedAt!.Value));
        Assert.Equal((1L, 0L, driver.Now), (driver.Progress("a").SuccessCount, driver.Progress("a").ErrorCount, driver.Progress("a").LastSuccess!.Value));
        Assert.Equal(run.Number, driver.Progress("a").LastRun);
        Assert.Empty(driver.Notices);
    }

    [Fact]
    public void Attempt_Fails_TriedAgainAfterTheWaitUntilRetriesAreUsedUp()
    {
        var driver = Started(out _);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(attempt, driver.Run("a").Attempt);
            driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
            if (attempt < 2)
            {
                Assert.Equal((RunState.Waiting, driver.Now + Minute), (driver.Run("a").State, driver.Run("a").NotBefore!.Value));
                driver.Pass(Minute - TimeSpan.FromMilliseconds(1));
                Assert.Empty(driver.Launch());
                driver.Pass(TimeSpan.FromMilliseconds(1));
            }
        }

        Assert.Equal((RunState.Failed, 3), (driver.Run("a").State, driver.Run("a").Attempts.Count));
        Assert.Equal("attempt 3 failed on host1: is TaskFailed", driver.Run("a").Message);
        Assert.Equal((1L, 1L, driver.Now), (driver.Progress("a").ErrorCount, driver.Progress("a").ErrorsSinceLastSuccess, driver.Progress("a").LastError!.Value));
        Assert.Equal(NoticeKind.Failure, Assert.Single(driver.Notices).Kind);
    }

    [Fact]
    public void Attempt_FailsWithBackoff_WaitsGrowUpToTheLongest()
    {
        var driver = Started(out _, A.Job("a") with { Retries = 4, RetryBackoff = new(TimeSpan.FromSeconds(10), 3, Minute) });
        var waits = new List<double>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
            waits.Add((driver.Run("a").NotBefore!.Value - driver.Now).TotalSeconds);
            driver.PassUntil(driver.Run("a").NotBefore!.Value);
        }

        Assert.Equal([10, 30, 60, 60], waits);
    }

    [Fact]
    public void Attempt_WaitForRetry_SurvivesRestart()
    {
        var driver = Started(out _);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        var notBefore = driver.Run("a").NotBefore;
        driver.Restart(TimeSpan.FromSeconds(30));
        Assert.Equal(notBefore, driver.Run("a").NotBefore);
        Assert.Empty(driver.Launch());
        driver.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(1, driver.Run("a").Attempt);
        driver.LaunchOne();
    }

    [Theory]
    [InlineData(TaskState.TaskFailed)]
    [InlineData(TaskState.TaskError)]
    [InlineData(TaskState.TaskLost)]
    [InlineData(TaskState.TaskGone)]
    [InlineData(TaskState.TaskGoneByOperator)]
    [InlineData(TaskState.TaskUnknown)]
    [InlineData(TaskState.TaskDropped)]
    public void Attempt_ThatRanEndsBadly_CountsAsFailed(TaskState state)
    {
        var driver = Started(out _);
        driver.Tell(driver.LaunchOne(), state);
        Assert.Equal((RunState.Waiting, 1), (driver.Run("a").State, driver.Run("a").Attempt));
    }

    [Theory]
    [InlineData(TaskState.TaskFailed, RunState.Failed)]
    [InlineData(TaskState.TaskError, RunState.Failed)]
    [InlineData(TaskState.TaskLost, RunState.Lost)]
    [InlineData(TaskState.TaskGone, RunState.Lost)]
    [InlineData(TaskState.TaskUnknown, RunState.Lost)]
    [InlineData(TaskState.TaskDropped, RunState.Lost)]
    public void Attempt_AtMostOnceEndsBadly_IsTheLast(TaskState state, RunState end)
    {
        var driver = Started(out _, A.Job("a") with { Delivery = Delivery.AtMostOnce });
        driver.Tell(driver.LaunchOne(), state);
        Assert.Equal(end, driver.Run("a").State);
        Assert.Equal(1, driver.Progress("a").ErrorCount);
    }

    [Theory]
    [InlineData(Delivery.AtLeastOnce)]
    [InlineData(Delivery.AtMostOnce)]
    public void Launch_Dropped_RepeatedWithoutCounting(Delivery delivery)
    {
        var driver = Started(out _, A.Job("a") with { Delivery = delivery });
        var first = driver.LaunchOne(null);
        driver.Tell(first, TaskState.TaskDropped);
        Assert.Equal((RunState.Waiting, 0, null), (driver.Run("a").State, driver.Run("a").Attempt, driver.Run("a").NotBefore));
        var second = driver.LaunchOne();
        Assert.NotEqual(first, second);
        Assert.Equal("0", second.Split(':')[2]);
        driver.Finish(second);
        Assert.Equal(RunState.Succeeded, driver.Run("a").State);
    }

    [Fact]
    public void Launch_DroppedAgainAndAgain_WaitsLonger()
    {
        var driver = Started(out _);
        var waits = new List<double>();
        for (var i = 0; i < 15; i++)
        {
            driver.Tell(driver.LaunchOne(null), TaskState.TaskDropped);
            waits.Add((driver.Run("a").NotBefore ?? driver.Now).Subtract(driver.Now).TotalSeconds);
            driver.PassUntil(driver.Run("a").NotBefore ?? driver.Now);
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 30], waits.Take(7));
        Assert.All(waits.Skip(7), wait => Assert.Equal(30, wait));
        Assert.Equal((0, 10), (driver.Run("a").Attempt, driver.Run("a").Attempts.Count));
        Assert.True(driver.Run("a").IsFresh);
    }

    [Theory]
    [InlineData(Delivery.AtLeastOnce)]
    [InlineData(Delivery.AtMostOnce)]
    public void Launch_RefusedByAgentsAgainAndAgain_Fails(Delivery delivery)
    {
        var driver = Started(out _, A.Job("a") with { Delivery = delivery, Retries = 0 });
        for (var refusal = 1; refusal <= 5; refusal++)
        {
            Assert.Equal(RunState.Waiting, driver.Run("a").State);
            var status = An.Status(driver.LaunchOne(null), TaskState.TaskDropped);
            status.Source = TaskStatus.Types.Source.Agent;
            status.Message = "No such user 'nosuch'";
            driver.Step(new JobsInput.Updated(status));
            driver.PassUntil(driver.Run("a").NotBefore ?? driver.Now);
        }

        Assert.Equal(RunState.Failed, driver.Run("a").State);
        Assert.Contains("No such user 'nosuch'", driver.Run("a").Message, StringComparison.Ordinal);
        Assert.Equal(1, driver.Progress("a").ErrorCount);
        Assert.Equal(NoticeKind.Failure, Assert.Single(driver.Notices).Kind);
    }

    [Fact]
    public void Launch_UnknownToTheMaster_AtLeastOnceGoesOnAtMostOnceDoesNot()
    {
        foreach (var delivery in new[] { Delivery.AtLeastOnce, Delivery.AtMostOnce })
        {
            var driver = Started(out _, A.Job("a") with { Delivery = delivery });
            var task = driver.LaunchOne(null);
            driver.Pass(TimeSpan.FromSeconds(30));
            Assert.Contains(driver.Questions, question => question.Tasks.Any(asked => asked.Task.Value == task));
            driver.Tell(task, TaskState.TaskGone, Reason.Reconciliation);
            Assert.Equal((delivery == Delivery.AtLeastOnce ? RunState.Waiting : RunState.Lost, 0), (driver.Run("a").State, driver.Run("a").Attempt));
        }
    }

    [Fact]
    public void Launch_TakenForLostAndHeardOfLater_IsKilled()
    {
        var driver = Started(out _);
        var first = driver.LaunchOne(null);
        driver.Tell(first, TaskState.TaskUnknown, Reason.Reconciliation);
        var second = driver.LaunchOne();
        driver.Tell(first, TaskState.TaskRunning);
        Assert.Equal([first], driver.Kills);
        Assert.Equal(second, driver.Run("a").Last!.Task.Value);
        Assert.Equal(RunState.Running, driver.Run("a").State);
        driver.Tell(first, TaskState.TaskKilled);
        Assert.Equal(RunState.Running, driver.Run("a").State);
    }

    [Fact]
    public void Attempt_Killed_EndsTheRunWithoutCounting()
    {
        var driver = Started(out _);
        driver.Tell(driver.LaunchOne(), TaskState.TaskKilled);
        Assert.Equal(RunState.Killed, driver.Run("a").State);
        Assert.Equal((0L, 0L), (driver.Progress("a").SuccessCount, driver.Progress("a").ErrorCount));
        Assert.Empty(driver.Notices);
    }

    [Fact]
    public void News_OldOrTwice_ChangeNothing()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        var run = driver.Run("a");
        driver.Tell(task, TaskState.TaskStaging);
        driver.Tell(task, TaskState.TaskStarting);
        driver.Tell(task, TaskState.TaskRunning);
        Assert.Same(run, driver.Run("a"));
        driver.Finish(task);
        driver.Tell(task, TaskState.TaskFailed);
        driver.Finish(task);
        Assert.Equal((RunState.Succeeded, 1L), (driver.Run("a").State, driver.Progress("a").SuccessCount));
        driver.Tell("ct:5:0:nobody:", TaskState.TaskLost);
        driver.Tell("of somebody else", TaskState.TaskFinished);
        Assert.Empty(driver.Kills);
        driver.Tell("of somebody else", TaskState.TaskRunning);
        Assert.Equal(["of somebody else"], driver.Kills);
    }

    [Fact]
    public void News_OfNoTask_DoNoHarm()
    {
        var driver = Started(out _);
        driver.LaunchOne();
        driver.Step(new JobsInput.Updated(new()));
        driver.Tell("", TaskState.TaskFailed);
        driver.Step(new JobsInput.AcceptFailed([default], "none"));
        Assert.Equal(RunState.Running, driver.Run("a").State);
    }

    [Fact]
    public void Intervals_WithoutEnd_DoNotOverflow()
    {
        var options = new JobsOptions
        {
            FailureRetry = TimeSpan.MaxValue,
            TaskEpsilon = TimeSpan.MaxValue,
            UnreachableTimeout = TimeSpan.MaxValue,
            LaunchConfirmInterval = TimeSpan.MaxValue,
            KillRetryTimeout = TimeSpan.MaxValue,
            ReconciliationInterval = TimeSpan.MaxValue,
        };
        var driver = Started(out _, A.Job("a") with { MaxCompletionTime = TimeSpan.MaxValue, RetryBackoff = new(TimeSpan.MaxValue, 1e300, TimeSpan.MaxValue) }, options);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskUnreachable);
        driver.Tell(task, TaskState.TaskFailed);
        driver.Pass(TimeSpan.FromHours(1));
        Assert.Equal(DateTimeOffset.MaxValue, driver.Run("a").NotBefore);
        driver.Restart();
        Assert.Empty(driver.Launch());
    }

    [Fact]
    public void News_WithAnId_AcknowledgedInAnyCase()
    {
        var driver = Started(out _);
        var status = An.Status("strange", TaskState.TaskFinished);
        status.Uuid = Google.Protobuf.ByteString.CopyFromUtf8("x");
        driver.Step(new JobsInput.Updated(status));
        Assert.Same(status, Assert.Single(driver.Effects.OfType<JobsEffect.Acknowledge>()).Status);
    }

    [Fact]
    public void News_WithImpossibleTimes_DoNoHarm()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne(null);
        foreach (var (time, state) in new[] { (double.NaN, TaskState.TaskStaging), (1e300, TaskState.TaskStarting), (1, TaskState.TaskRunning), (9e9, TaskState.TaskFinished) })
        {
            var status = An.Status(task, state);
            status.Timestamp = time;
            driver.Step(new JobsInput.Updated(status));
        }

        Assert.Equal((RunState.Succeeded, driver.Now), (driver.Run("a").State, driver.Run("a").StartedAt!.Value));
    }

    [Theory]
    [InlineData(TaskState.TaskFinished, RunState.Succeeded)]
    [InlineData(TaskState.TaskKilled, RunState.Killed)]
    public void Attempt_EndIsToldLate_RunEndsWhenItsTaskDid(TaskState told, RunState expected)
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskRunning);
        var ended = driver.Now.AddSeconds(3);
        driver.Pass(TimeSpan.FromSeconds(25));
        var status = An.Status(task, told);
        status.Timestamp = ended.ToUnixTimeMilliseconds() / 1000.0;

        driver.Step(new JobsInput.Updated(status));

        Assert.Equal((expected, ended), (driver.Run("a").State, driver.Run("a").EndedAt!.Value));
    }

    [Fact]
    public void Unreachable_BackInTime_GoesOn()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskUnreachable);
        Assert.Equal(RunState.Unreachable, driver.Run("a").State);
        driver.Pass(TimeSpan.FromSeconds(299));
        driver.Tell(task, TaskState.TaskRunning);
        driver.Pass(TimeSpan.FromHours(1));
        driver.Finish(task);
        Assert.Equal((RunState.Succeeded, 0), (driver.Run("a").State, driver.Run("a").Attempt));
    }

    [Fact]
    public void Unreachable_ForTooLong_LostAndKilledWhenItShows()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskUnreachable);
        driver.Pass(TimeSpan.FromSeconds(300));
        Assert.Equal((RunState.Waiting, 1), (driver.Run("a").State, driver.Run("a").Attempt));
        driver.Tell(task, TaskState.TaskRunning);
        Assert.Equal([task], driver.Kills);
    }

    [Fact]
    public void Unreachable_AfterAnOutage_TheMasterIsHeardFirst()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskUnreachable);
        driver.Restart(TimeSpan.FromHours(1), isSubscribed: false);
        driver.Tick();
        Assert.Equal(RunState.Unreachable, driver.Run("a").State);
        driver.Subscribe();
        driver.Pass(TimeSpan.FromSeconds(5));
        driver.Tell(task, TaskState.TaskRunning, Reason.Reconciliation);
        driver.Pass(Minute);
        Assert.Equal((RunState.Running, 0), (driver.Run("a").State, driver.Run("a").Attempt));
    }

    [Fact]
    public void Accept_Failed_TheMasterIsAsked()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne(null);
        driver.Step(new JobsInput.AcceptFailed([new(task), new("strange")], "refused"));
        Assert.Equal(task, Assert.Single(driver.Questions.Last().Tasks).Task.Value);
        Assert.Equal(RunState.Launching, driver.Run("a").State);
    }

    [Fact]
    public void Framework_NewId_TasksOfTheFormerAreOver()
    {
        var driver = Started(out _);
        driver.LaunchOne();
        driver.Put(A.Job("b") with { Delivery = Delivery.AtMostOnce });
        driver.Start("b");
        driver.LaunchOne();
        driver.Subscribe("framework2");
        Assert.Equal((RunState.Waiting, 1), (driver.Run("a").State, driver.Run("a").Attempt));
        Assert.Equal(RunState.Lost, driver.Run("b").State);
    }

    [Fact]
    public void Subscribed_AsksAboutTasksThenAboutAll()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        driver.Effects.Clear();
        driver.Restart();
        Assert.Equal([[task], []], driver.Questions.Select(question => question.Tasks.Select(asked => asked.Task.Value).ToArray()).ToArray());
        driver.Effects.Clear();
        driver.Tell(task, TaskState.TaskRunning, Reason.Reconciliation);
        driver.Pass(TimeSpan.FromMinutes(30));
        Assert.Equal(3, driver.Questions.Count(question => question.Tasks.Count == 0));
    }

    [Fact]
    public void Subscribed_MasterThatSaysNothing_AskedAgainUntilItDoes()
    {
        var driver = Started(out _);
        var task = driver.LaunchOne();
        driver.Restart();
        driver.Effects.Clear();
        driver.Pass(TimeSpan.FromSeconds(90));
        Assert.Equal([[task], [task], [task]], driver.Questions.Select(question => question.Tasks.Select(asked => asked.Task.Value).ToArray()).ToArray());
        driver.Tell(task, TaskState.TaskRunning, Reason.Reconciliation);
        driver.Effects.Clear();
        driver.Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(driver.Questions);
    }

    [Fact]
    public void Retries_JobDisabledMeanwhile_RunHasFailed()
    {
        var driver = Started(out _);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        driver.Disable("a");
        Assert.Equal((RunState.Failed, 1L), (driver.Run("a").State, driver.Progress("a").ErrorCount));
    }

    [Fact]
    public void Failures_InARow_DisableTheJob()
    {
        var driver = Started(out _, A.Job("a") with { Retries = 0 }, new() { DisableAfterFailures = 2 });
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        Assert.False(driver.Job("a").Spec.Disabled);
        driver.Start("a");
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        Assert.True(driver.Job("a").Spec.Disabled);
        Assert.Equal([NoticeKind.Failure, NoticeKind.Failure, NoticeKind.Disabled], driver.Notices.Select(notice => notice.Kind));
        driver.Start("a");
        Assert.Equal(RunState.Skipped, driver.Run("a", 3).State);
    }

    [Fact]
    public void Success_AfterFailures_IsTold()
    {
        var driver = Started(out _, A.Job("a") with { Retries = 0 });
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        driver.Start("a");
        driver.Finish(driver.LaunchOne());
        Assert.Equal([NoticeKind.Failure, NoticeKind.Recovery], driver.Notices.Select(notice => notice.Kind));
        Assert.Equal(0, driver.Progress("a").ErrorsSinceLastSuccess);
    }

    [Fact]
    public void History_TrimmedPerJob()
    {
        var driver = new RunsDriver(new() { RunsKept = 3 });
        driver.Put(A.Job("a"));
        for (var i = 0; i < 5; i++)
        {
            driver.Start("a");
            driver.Finish(driver.LaunchOne());
        }

        Assert.Equal([3L, 4L, 5L], driver.Of("a").Select(run => run.Id.Number));
        Assert.Equal(3, driver.Store.Keys.Count(key => key.StartsWith("runs/", StringComparison.Ordinal)));
    }

    internal static RunsDriver Started(out RunId run, JobSpec? spec = null, JobsOptions? options = null)
    {
        var driver = new RunsDriver(options);
        spec ??= A.Job("a");
        driver.Put(spec with { Owner = "a@example.org" });
        run = driver.Start(spec.Name.Value);
        return driver;
    }
}
