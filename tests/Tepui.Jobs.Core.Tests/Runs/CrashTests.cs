using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Runs;

/// <summary>The process dies between writing and doing, once in each test, after every step there is.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(6);

    [Theory]
    [InlineData(CatchUp.Last, Concurrency.Forbid)]
    [InlineData(CatchUp.All, Concurrency.Allow)]
    [InlineData(CatchUp.None, Concurrency.Replace)]
    public void Crash_AfterAnyStep_EveryTimeIsLaunchedOnce(CatchUp catchUp, Concurrency concurrency)
    {
        var job = A.Job("a", "R3/2031-01-01T01:00:00Z/PT1H") with { CatchUp = catchUp, Concurrency = concurrency };
        foreach (var harness in Lives(job, _ => (TimeSpan.FromMinutes(10), TaskState.TaskFinished)))
        {
            Assert.Equal([RunState.Succeeded, RunState.Succeeded, RunState.Succeeded], harness.Runs("a").Select(run => run.State));
            Assert.Equal([1, 2, 3], harness.Runs("a").Select(run => (run.Cause.Due - A.Start).TotalHours));
            Assert.Equal(3, harness.Launched.Count);
            Assert.Equal(3, harness.Job("a").Progress.SuccessCount);
            Assert.All(harness.Runs("a"), run => Assert.Equal(0, run.Attempt));
        }
    }

    [Fact]
    public void Crash_AfterAnyStep_AtMostOnceIsNeverTwice()
    {
        var lost = 0;
        var job = A.Job("a", "R3/2031-01-01T01:00:00Z/PT1H") with { Delivery = Delivery.AtMostOnce };
        foreach (var harness in Lives(job, _ => (TimeSpan.FromMinutes(10), TaskState.TaskFinished)))
        {
            // What was written down and never sent is lost, as its author wants; all else ends well.
            lost += harness.Runs("a").Count(run => run.State == RunState.Lost);
            Assert.All(harness.Runs("a"), run => Assert.True(run.State == RunState.Succeeded || (run.State == RunState.Lost && !harness.Launched.Contains(run.Last!.Task.Value))));
            Assert.Equal(3 - harness.Runs("a").Count(run => run.State == RunState.Lost), harness.Launched.Count);
        }

        Assert.Equal(3, lost);
    }

    [Fact]
    public void Crash_AfterAnyStep_RetriesAreNeitherLostNorDoubled()
    {
        var job = A.Job("a", "R1/2031-01-01T01:00:00Z/PT1H") with { Retries = 2 };
        foreach (var harness in Lives(job, task => (TimeSpan.FromMinutes(10), task.TaskId.Value.Split(':')[2] == "2" ? TaskState.TaskFinished : TaskState.TaskFailed)))
        {
            Assert.Equal(["0", "1", "2"], harness.Launched.Select(task => task.Split(':')[2]));
            Assert.Equal((RunState.Succeeded, 2), (harness.Run("a", 1).State, harness.Run("a", 1).Attempt));
        }
    }

    [Fact]
    public void Crash_AfterAnyStep_ChildrenAreTriggeredOnce()
    {
        foreach (var harness in Lives(A.Job("a", "R2/2031-01-01T01:00:00Z/PT1H"), _ => (TimeSpan.FromMinutes(10), TaskState.TaskFinished), A.Child("b", "a"), A.Child("c", "a", "b")))
        {
            foreach (var job in new[] { "a", "b", "c" })
            {
                Assert.Equal([RunState.Succeeded, RunState.Succeeded], harness.Runs(job).Select(run => run.State));
            }

            Assert.Equal(6, harness.Launched.Count);
            Assert.Equal([[A.Run("a", 1), A.Run("b", 1)], [A.Run("a", 2), A.Run("b", 2)]], harness.Runs("c").Select(run => run.Cause.Parents.ToArray()));
        }
    }

    [Fact]
    public void Crash_BeforeAKillIsSent_ItIsSentAfter()
    {
        var harness = Begun(A.Job("a"), _ => null);
        harness.Start("a");
        harness.StepAndCrash(new JobsInput.Request(new(99), new JobsCommand.Kill(A.Run("a", 1))));
        Assert.Equal(RunState.Killed, harness.Run("a", 1).State);
        Assert.Empty(harness.Alive);
        Assert.Equal(0, harness.Job("a").Progress.ErrorCount);
    }

    private static IEnumerable<JobsHarness> Lives(JobSpec job, Func<TaskInfo, (TimeSpan, TaskState)?> fate, params JobSpec[] children)
    {
        for (var step = 1; ; step++)
        {
            var harness = Begun(job, fate, children);
            harness.CrashesAt = harness.Steps + step;
            harness.Pass(Day);
            yield return harness;
            if (harness.Steps < harness.CrashesAt)
            {
                Assert.True(step > 10, $"only {step} steps");
                yield break;
            }
        }
    }

    private static JobsHarness Begun(JobSpec job, Func<TaskInfo, (TimeSpan, TaskState)?> fate, params JobSpec[] children)
    {
        var harness = new JobsHarness { Fate = fate, ChecksRestart = false };
        harness.Put(job);
        foreach (var child in children)
        {
            harness.Put(child);
        }

        return harness;
    }
}
