using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using Source = Tepui.Protocol.V1.TaskStatus.Types.Source;

namespace Tepui.Agent.Core.Tests;

public sealed class GroupTests
{
    private readonly AgentHarness _agent = new();
    private readonly ExecutorInfo _executor = Make.Executor("e1", ExecutorInfo.Types.Type.Default);

    public GroupTests() => _agent.Connect();

    [Fact]
    public void Group_UnderTheBuiltInExecutor_RunsEachTaskInAContainerOfItsOwn()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);

        var sandbox = Assert.Single(_agent.Effects.OfType<AgentEffect.MakeSandbox>()).Directory;
        var view = Assert.Single(_agent.Core.View(_agent.Now).Frameworks[0].Executors);
        Assert.Equal("RUNNING", view.State);
        Assert.Equal($"/work/{sandbox}", view.Directory);
        Assert.Equal(2, view.Nested.Length);
        foreach (var plan in _agent.Started)
        {
            Assert.Equal(view.Container, plan.Id.Parent);
            Assert.Equal($"{sandbox}/containers/{plan.Id.ToWire().Value}", plan.Directory);
        }

        Assert.Equal(2, _agent.Started.Count);
    }

    [Fact]
    public void Group_WhoseExecutorHasContainerSettings_TellsThemWithEachTask()
    {
        _executor.Container = new ContainerInfo { Type = ContainerInfo.Types.Type.Mesos, NetworkInfos = { new NetworkInfo { Name = "blue" } } };

        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);

        Assert.Equal(["blue", "blue"], _agent.Started.Select(plan => plan.Around!.NetworkInfos[0].Name));
    }

    [Fact]
    public void Group_ToItsEnd_HasTheStatusesOfTheBuiltInExecutor()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a")]);
        var pid = _agent.Start("a");
        _agent.Exit("a", 0);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal([TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskFinished], updates.Select(update => update.State));
        Assert.All(updates, update =>
        {
            Assert.Equal("e1", update.ExecutorId.Value);
            Assert.Equal(Source.Executor, update.Source);
            Assert.NotNull(update.ContainerStatus.ContainerId.Parent);
        });
        Assert.False(updates[0].ContainerStatus.HasExecutorPid);
        Assert.Equal((uint)pid, updates[1].ContainerStatus.ExecutorPid);
        Assert.Empty(updates[2].ContainerStatus.NetworkInfos);
        Assert.False(updates[2].ContainerStatus.HasExecutorPid);
        var exited = Assert.Single(_agent.Frames, frame => frame.ExecutorExited is not null).ExecutorExited;
        Assert.Equal("e1", exited.ExecutorId.Value);
        Assert.Equal(0, exited.Status);
        Assert.Equal(["agent", "epoch", $"runs/{_agent.Started[0].Id.Parent}"], _agent.DiskKeys);
    }

    [Fact]
    public void Group_OneTaskFails_TheOthersOfItsGroupAreKilledAndNoOther()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b"), Make.Task("c")]);
        _agent.RunGroup(_executor, tasks: [Make.Task("other")]);
        foreach (var task in new[] { "a", "b", "c", "other" })
        {
            _agent.Start(task);
        }

        _agent.Exit("c", 0);
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.KillContainer);
        _agent.Exit("a", 1 << 8);

        var kill = Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>());
        Assert.Equal(_agent.ContainerOf("b"), kill.Container);
        Assert.Equal(TimeSpan.FromSeconds(3), kill.Grace);
        _agent.Exit("b", 15);
        var updates = _agent.AcknowledgeAll();
        Assert.Equal(TaskState.TaskKilled, updates.Last(update => update.TaskId.Value == "b").State);
        Assert.Equal(TaskState.TaskFinished, updates.Last(update => update.TaskId.Value == "c").State);
        Assert.Equal(TaskState.TaskRunning, updates.Last(update => update.TaskId.Value == "other").State);
        Assert.DoesNotContain(_agent.Frames, frame => frame.ExecutorExited is not null);
    }

    [Fact]
    public void Group_OneTaskKilledBeforeItsStart_AllAre()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);

        _agent.Kill("a");
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(["a", "b"], updates.Select(update => update.TaskId.Value));
        Assert.All(updates, update => Assert.Equal(Reason.TaskKilledDuringLaunch, update.Reason));
        _agent.FailStart("a", "cancelled");
        _agent.FailStart("b", "cancelled");
        Assert.Empty(_agent.Core.View(_agent.Now).Frameworks);
    }

    [Fact]
    public void Group_OneTaskCannotStart_TheStartedAreKilled()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);
        _agent.Start("a");

        _agent.FailStart("b", "no such file");
        _agent.Exit("a", 15);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(Reason.ContainerLaunchFailed, updates.Single(update => update.TaskId.Value == "b").Reason);
        Assert.Equal(TaskState.TaskKilled, updates.Last(update => update.TaskId.Value == "a").State);
    }

    [Fact]
    public void Group_ForAnExecutorThatIsGone_IsRefused()
    {
        _agent.RunGroup(_executor, launchExecutor: false, tasks: [Make.Task("a"), Make.Task("b")]);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(2, updates.Count);
        Assert.All(updates, update => Assert.Equal((TaskState.TaskLost, Reason.ExecutorTerminated), (update.State, update.Reason)));
        Assert.Empty(_agent.Started);
    }

    [Fact]
    public void Group_ForAnExecutorWithUnacknowledgedUpdates_IsRefusedUntilTheyAre()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a")]);
        _agent.Start("a");
        _agent.Exit("a", 0);

        _agent.RunGroup(_executor, tasks: [Make.Task("b")]);
        var updates = _agent.AcknowledgeAll();
        Assert.Equal(Reason.ExecutorTerminated, updates.Single(update => update.TaskId.Value == "b").Reason);
        _agent.RunGroup(_executor, tasks: [Make.Task("c")]);

        Assert.Equal(["a", "c"], _agent.Started.Select(plan => plan.Environment["MESOS_TASK_ID"]));
    }

    [Fact]
    public void Group_WithOneIdTwice_IsRefused()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("a")]);

        Assert.Empty(_agent.Started);
        Assert.Equal(Reason.TaskInvalid, Assert.Single(_agent.AcknowledgeAll()).Reason);
    }

    [Fact]
    public void Group_TaskWithChecks_ShowsThemAsTheBuiltInExecutorDoes()
    {
        var task = Make.Task("g-2");
        task.HealthCheck = new()
        {
            Type = HealthCheck.Types.Type.Command,
            Command = new() { Value = "true" },
            IntervalSeconds = 0.5,
            DelaySeconds = 0,
            GracePeriodSeconds = 5,
            TimeoutSeconds = 5,
        };
        task.Check = new() { Type = CheckInfo.Types.Type.Command, Command = new() { Command_ = new() { Value = "exit 2" } }, IntervalSeconds = 1 };
        _agent.RunGroup(_executor, tasks: [task]);
        _agent.Start("g-2");
        var probe = Assert.Single(_agent.Effects.OfType<AgentEffect.RunProbe>()).Plan;

        _agent.Step(new AgentInput.Probed(probe.Id, new() { Type = CheckInfo.Types.Type.Command, Command = new() { ExitCode = 0 } }, Failure: null));
        _agent.Exit("g-2", 0);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(
            [TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskRunning, TaskState.TaskFinished],
            updates.Select(update => update.State));
        Assert.All(updates, update => Assert.Equal((CheckInfo.Types.Type.Command, false), (update.CheckStatus.Type, update.CheckStatus.Command.HasExitCode)));
        Assert.Equal([false, false, true, false], updates.Select(update => update.HasHealthy));
        Assert.Equal([false, false, true, false], updates.Select(update => update.HasReason));
        Assert.Equal(Reason.TaskHealthCheckStatusUpdated, updates[2].Reason);
        Assert.Equal("Command exited with status 0", updates[3].Message);
    }

    [Fact]
    public void ShutdownExecutor_BuiltIn_KillsItsTasksAndEnds()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);
        _agent.Start("a");
        _agent.Start("b");

        _agent.Send(new() { ShutdownExecutor = new() { FrameworkId = new() { Value = Make.FrameworkId }, ExecutorId = new() { Value = "e1" } } });
        Assert.Equal("TERMINATING", _agent.Core.View(_agent.Now).Frameworks[0].Executors[0].State);
        _agent.Exit("a", 15);
        _agent.Exit("b", 15);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(2, updates.Count(update => update is { State: TaskState.TaskKilled, Message: "Command terminated with signal Terminated" }));
        Assert.Equal(0, Assert.Single(_agent.Frames, frame => frame.ExecutorExited is not null).ExecutorExited.Status);
    }

    [Fact]
    public void Group_ForAnExecutorWhoseEndIsNotAcknowledged_IsDroppedAndTheMasterHearsThatNoExecutorCame()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a")]);
        _agent.Start("a");
        _agent.Exit("a", 0);
        _agent.Effects.Clear();

        _agent.RunGroup(_executor, tasks: [Make.Task("b")]);

        Assert.Equal(TaskState.TaskLost, Assert.Single(_agent.Updates).State);
        Assert.Equal("e1", Assert.Single(_agent.Frames, frame => frame.ExecutorExited is not null).ExecutorExited.ExecutorId.Value);
    }

    [Fact]
    public void Executor_EndsBetweenHelloAndAnswer_IsToldOnceAdmitted()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a")]);
        _agent.Start("a");
        _agent.Disconnect();
        _agent.OpenLink();
        _agent.Exit("a", 0);
        Assert.DoesNotContain(_agent.Frames, frame => frame.ExecutorExited is not null);

        _agent.Admit();

        Assert.Single(_agent.Frames, frame => frame.ExecutorExited is not null);
    }

    [Fact]
    public void Reregister_WithTheUnacknowledgedDropOfALaunch_NamesIt()
    {
        _agent.RunGroup(_executor, launchExecutor: false, tasks: [Make.Task("a")]);
        _agent.Disconnect();

        _agent.OpenLink();

        var task = Assert.Single(_agent.Frames.Last(frame => frame.Reregister is not null).Reregister.Tasks);
        Assert.Equal(("a", TaskState.TaskLost), (task.TaskId.Value, task.State));
    }
}
