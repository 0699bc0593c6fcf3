using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Tests;

public sealed class KillTests
{
    private readonly AgentHarness _agent = new();

    public KillTests() => _agent.Connect();

    private TimeSpan[] Graces => [.. _agent.Effects.OfType<AgentEffect.KillContainer>().Select(kill => kill.Grace)];

    [Fact]
    public void Kill_ARunningTask_GivesItTheDefaultGraceAndEndsKilled()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");

        _agent.Kill("t1");
        _agent.Exit("t1", 0);
        var last = _agent.AcknowledgeAll()[^1];

        Assert.Equal([TimeSpan.FromSeconds(3)], Graces);
        Assert.Equal(TaskState.TaskKilled, last.State);
        Assert.Equal("Command exited with status 0", last.Message);
        Assert.False(last.HasReason);
    }

    [Fact]
    public void Kill_OfAFrameworkThatKnowsKilling_TellsItFirst()
    {
        _agent.Run(Make.Task("t1"), Make.Framework(capabilities: Capability.TaskKillingState));
        _agent.Start("t1");

        _agent.Kill("t1");
        _agent.Kill("t1");
        _agent.Exit("t1", 15);

        Assert.Equal(
            [TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskKilling, TaskState.TaskKilled],
            _agent.AcknowledgeAll().Select(update => update.State));
    }

    [Fact]
    public void Kill_WithAPolicy_WinsOverTheTasks()
    {
        var task = Make.Task("t1");
        task.KillPolicy = Make.Grace(60);
        _agent.Run(task);
        _agent.Start("t1");

        _agent.Kill("t1", Make.Grace(20));

        Assert.Equal([TimeSpan.FromSeconds(20)], Graces);
    }

    [Fact]
    public void Kill_ASecondTime_OnlyShortensAndCountsFromTheFirst()
    {
        var task = Make.Task("t1");
        task.KillPolicy = Make.Grace(60);
        _agent.Run(task);
        _agent.Start("t1");

        _agent.Kill("t1");
        _agent.Pass(TimeSpan.FromSeconds(10));
        _agent.Kill("t1", Make.Grace(100));
        _agent.Kill("t1", Make.Grace(30));
        _agent.Kill("t1", Make.Grace(40));
        _agent.Kill("t1", Make.Grace(5));

        Assert.Equal([TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20), TimeSpan.Zero], Graces);
    }

    [Fact]
    public void Kill_BeforeTheProcessStarts_CancelsTheStart()
    {
        _agent.Run(Make.Task("t1"));

        _agent.Kill("t1");
        var only = Assert.Single(_agent.AcknowledgeAll());

        Assert.Equal(TaskState.TaskKilled, only.State);
        Assert.Equal(Reason.TaskKilledDuringLaunch, only.Reason);
        Assert.Equal([TimeSpan.Zero], Graces);
        _agent.Start("t1");
        _agent.Exit("t1", 9);
        Assert.Single(_agent.Updates);
        Assert.Empty(_agent.Core.View(_agent.Now).Frameworks);
    }

    [Fact]
    public void Kill_OfAnUnknownTaskOfAKnownFramework_IsAnsweredLost()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Clear();

        _agent.Kill("nope");

        var update = Assert.Single(_agent.Updates);
        Assert.Equal(TaskState.TaskLost, update.State);
        Assert.Equal(Reason.ExecutorTerminated, update.Reason);
    }

    [Fact]
    public void Kill_OfAnUnknownFramework_IsIgnored()
    {
        _agent.Clear();

        _agent.Kill("nope", framework: "nobody");

        Assert.Empty(_agent.Effects);
    }

    [Fact]
    public void ShutdownFramework_WithTasks_EndsThemWithoutUpdates()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Run(Make.Task("t2"));
        _agent.Start("t1");
        _agent.Clear();

        _agent.Send(new() { ShutdownFramework = new() { FrameworkId = new() { Value = Make.FrameworkId } } });
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.Zero], Graces);
        _agent.Exit("t1", 15);
        _agent.FailStart("t2", "cancelled");

        Assert.Empty(_agent.Updates);
        Assert.Empty(_agent.Core.View(_agent.Now).Frameworks);
        Assert.Equal(2, _agent.Core.View(_agent.Now).CompletedFrameworks[0].CompletedExecutors.Length);
        Assert.Equal(
            ["agent", "epoch", .. _agent.Started.Select(plan => $"runs/{plan.Id}").Order(StringComparer.Ordinal)],
            _agent.DiskKeys);
    }

    [Fact]
    public void ShutdownExecutor_OfACommandTask_KillsIt()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");

        _agent.Send(new() { ShutdownExecutor = new() { FrameworkId = new() { Value = Make.FrameworkId }, ExecutorId = new() { Value = "t1" } } });
        _agent.Exit("t1", 15);

        Assert.Equal(TaskState.TaskKilled, _agent.AcknowledgeAll()[^1].State);
        Assert.DoesNotContain(_agent.Frames, frame => frame.ExecutorExited is not null);
    }
}
