using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using Source = Tepui.Protocol.V1.TaskStatus.Types.Source;

namespace Tepui.Agent.Core.Tests;

public sealed class RecoveryTests
{
    private readonly AgentHarness _agent = new();

    public RecoveryTests() => _agent.Connect();

    [Fact]
    public void Task_Running_IsKeptAndNamedToTheMaster()
    {
        _agent.Run(Make.Task("t1"));
        var pid = _agent.Start("t1");
        var before = _agent.AcknowledgeAll();
        Assert.Equal(2, before.Count);

        Reconnect();

        var hello = _agent.Frames.First().Reregister;
        Assert.Equal(TaskState.TaskRunning, Assert.Single(hello.Tasks).State);
        Assert.Equal(before[1].Uuid, hello.Tasks[0].StatusUpdateUuid);
        Assert.Empty(_agent.Updates);
        Assert.Equal(pid, _agent.Core.View(_agent.Now).Frameworks[0].Executors[0].Pid);
        Assert.Single(_agent.Started);
        _agent.Exit("t1", 0);
        Assert.Equal([TaskState.TaskFinished], _agent.AcknowledgeAll().Select(update => update.State));
        Assert.Equal(["agent", "epoch", $"runs/{_agent.ContainerOf("t1")}"], _agent.DiskKeys);
    }

    [Fact]
    public void Task_EndedMeanwhile_IsReportedAsItEnded()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.AcknowledgeAll();
        _agent.ExitUnseen("t1", 3 << 8);

        Reconnect();
        var update = Assert.Single(_agent.AcknowledgeAll());

        Assert.Equal((TaskState.TaskFailed, "Command exited with status 3"), (update.State, update.Message));
        Assert.Empty(_agent.Supervised);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(-10, 0)]
    [InlineData(3600, 25)]
    [InlineData(null, 25)]
    public void Task_EndedMeanwhile_EndsWhenTheSupervisorSawIt(int? seen, int expected)
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.AcknowledgeAll();
        var started = _agent.Now;
        _agent.ExitUnseen("t1", 0, seen is { } seconds ? started.AddSeconds(seconds) : null);
        _agent.Pass(TimeSpan.FromSeconds(25));

        Reconnect();

        Assert.Equal(Clock.Seconds(started.AddSeconds(expected)), Assert.Single(_agent.AcknowledgeAll()).Timestamp, precision: 3);
    }

    [Theory]
    [InlineData(-2, -2)]
    [InlineData(3600, 0)]
    [InlineData(null, 0)]
    public void Task_Started_RunsSinceTheSupervisorStartedIt(int? seen, int expected)
    {
        _agent.Run(Make.Task("t1"));
        _agent.Pass(TimeSpan.FromSeconds(5));
        var now = _agent.Now;

        _agent.Start("t1", seen is { } seconds ? now.AddSeconds(seconds) : null);

        var told = _agent.AcknowledgeAll();
        Assert.Equal([TaskState.TaskStarting, TaskState.TaskRunning], told.Select(status => status.State));
        Assert.All(told, status => Assert.Equal(Clock.Seconds(now.AddSeconds(expected)), status.Timestamp, precision: 3));
    }

    [Fact]
    public void Task_EndedWhileTheAgentIsThere_EndsWhenTheSupervisorSawIt()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.AcknowledgeAll();
        var ended = _agent.Now.AddSeconds(3);
        _agent.Pass(TimeSpan.FromSeconds(5));

        _agent.Exit("t1", 0, ended);

        Assert.Equal(Clock.Seconds(ended), _agent.AcknowledgeAll()[^1].Timestamp, precision: 3);
    }

    [Fact]
    public void Task_WithUnacknowledgedUpdates_SendsThemInOrder()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        var first = _agent.Updates.Single();
        _agent.ExitUnseen("t1", 0);

        Reconnect();
        var updates = _agent.AcknowledgeAll();

        Assert.Equal([TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskFinished], updates.Select(update => update.State));
        Assert.Equal(first.Uuid, updates[0].Uuid);
    }

    [Fact]
    public void Task_NeverStarted_IsLost()
    {
        _agent.Run(Make.Task("t1"));

        Reconnect();
        var update = Assert.Single(_agent.AcknowledgeAll());

        Assert.Equal((TaskState.TaskLost, Source.Agent, Reason.AgentRestarted), (update.State, update.Source, update.Reason));
        Assert.Single(_agent.Started);
    }

    [Fact]
    public void Task_StartedUnseen_IsAdopted()
    {
        _agent.Run(Make.Task("t1"));
        var container = _agent.ContainerOf("t1");
        _agent.Supervised[container] = new(container, 77, Running: true, WaitStatus: null);

        Reconnect();
        var updates = _agent.AcknowledgeAll();

        Assert.Equal([TaskState.TaskStarting, TaskState.TaskRunning], updates.Select(update => update.State));
        Assert.Equal(77u, updates[1].ContainerStatus.ExecutorPid);
    }

    [Fact]
    public void Task_GoneWithoutATrace_IsFailed()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.AcknowledgeAll();
        _agent.Supervised.Clear();

        Reconnect();
        var update = Assert.Single(_agent.AcknowledgeAll());

        Assert.Equal((TaskState.TaskFailed, Reason.ExecutorTerminated, "Executor terminated"), (update.State, update.Reason, update.Message));
    }

    [Fact]
    public void Task_BeforeAReboot_IsFailedWhateverTheSupervisorSays()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.AcknowledgeAll();
        _agent.Options = _agent.Options with { BootId = "boot-2" };

        Reconnect();

        Assert.Equal(TaskState.TaskFailed, Assert.Single(_agent.AcknowledgeAll()).State);
        Assert.Equal(Make.AgentId, _agent.Core.View(_agent.Now).Info.Id.Value);
    }

    [Fact]
    public void Task_OfAFrameworkWithoutCheckpoints_IsEnded()
    {
        _agent.Run(Make.Task("t1"), Make.Framework(checkpoint: false));
        _agent.Start("t1");
        var container = _agent.ContainerOf("t1");

        Reconnect();

        Assert.Contains(new AgentEffect.KillContainer(container, TimeSpan.Zero), _agent.Effects);
        Assert.Empty(_agent.Updates);
        _agent.Exit("t1", 9);
        Assert.Contains(new AgentEffect.ForgetContainer(container), _agent.Effects);
        Assert.Equal(1, _agent.Core.View(_agent.Now).Counters["gc/path_removals_pending"]);
    }

    [Fact]
    public void Task_BeingKilled_GoesOnBeingKilledAndEndsKilled()
    {
        _agent.Run(Make.Task("t1"), Make.Framework(capabilities: Capability.TaskKillingState));
        _agent.Start("t1");
        _agent.Kill("t1", Make.Grace(60));
        _agent.AcknowledgeAll();
        _agent.Pass(TimeSpan.FromSeconds(20));

        Reconnect();
        Assert.Equal(TimeSpan.FromSeconds(40), _agent.Effects.OfType<AgentEffect.KillContainer>().Single().Grace);
        _agent.Exit("t1", 15);

        Assert.Equal([TaskState.TaskKilled], _agent.AcknowledgeAll().Select(update => update.State));
        Assert.DoesNotContain(_agent.DiskKeys, key => key.StartsWith("kills/", StringComparison.Ordinal));
    }

    [Fact]
    public void Group_OneTaskEndedBadlyMeanwhile_LosesTheOthers()
    {
        var executor = Make.Executor("e1", ExecutorInfo.Types.Type.Default);
        _agent.RunGroup(executor, tasks: [Make.Task("a"), Make.Task("b")]);
        _agent.RunGroup(executor, tasks: [Make.Task("other")]);
        _agent.Start("a");
        _agent.Start("b");
        _agent.Start("other");
        _agent.AcknowledgeAll();
        _agent.ExitUnseen("b", 1 << 8);

        Reconnect();

        Assert.Equal("e1", Assert.Single(_agent.Frames.First().Reregister.Executors).ExecutorId.Value);
        Assert.Equal(_agent.ContainerOf("a"), _agent.Effects.OfType<AgentEffect.KillContainer>().Single().Container);
        _agent.Exit("a", 15);
        _agent.Exit("other", 0);
        var ends = _agent.AcknowledgeAll().Where(update => update.State != TaskState.TaskRunning).ToDictionary(update => update.TaskId.Value, update => update.State);
        Assert.Equal(TaskState.TaskKilled, ends["a"]);
        Assert.Equal(TaskState.TaskFailed, ends["b"]);
        Assert.Equal(TaskState.TaskFinished, ends["other"]);
        Assert.Single(_agent.Frames, frame => frame.ExecutorExited is not null);
    }

    [Fact]
    public void Executor_ComesBack_TheAgentRegistersThenAndLosesNoUpdate()
    {
        var executor = Make.Executor("e1");
        _agent.Run(Make.TaskOf(executor, "t1"));
        _agent.Start("e1");
        _agent.Subscribe("e1");
        var running = _agent.Update("e1", "t1", TaskState.TaskRunning);
        _agent.Run(Make.TaskOf(executor, "t2"));
        _agent.Run(Make.TaskOf(executor, "t3"));

        _agent.Restart();
        _agent.OpenLink();
        Assert.True(_agent.Core.View(_agent.Now).Recovering);
        Assert.Empty(_agent.Frames);
        var finished = _agent.UpdateOf("e1", "t2", TaskState.TaskFinished).Update.Status;
        _agent.Pass(TimeSpan.FromSeconds(1));
        var stream = _agent.Subscribe("e1", tasks: [Make.TaskOf(executor, "t2")], updates: [running.Clone(), finished]);

        Assert.Equal(
            [EventType.Subscribed, EventType.Acknowledged, EventType.Acknowledged],
            _agent.Events(stream).Select(message => message.Type));
        Assert.False(_agent.Core.View(_agent.Now).Recovering);
        Assert.NotNull(Assert.Single(_agent.Frames).Reregister);
        _agent.Admit();
        var updates = _agent.AcknowledgeAll();
        Assert.Equal(running.Uuid, updates.Single(update => update.TaskId.Value == "t1").Uuid);
        Assert.Equal(TaskState.TaskFinished, updates.Single(update => update.TaskId.Value == "t2").State);
        Assert.Equal(Reason.AgentRestarted, updates.Single(update => update.TaskId.Value == "t3").Reason);
    }

    [Theory]
    [InlineData(true, TaskState.TaskGone)]
    [InlineData(false, TaskState.TaskLost)]
    public void Executor_DoesNotComeBack_IsEnded(bool partitionAware, TaskState state)
    {
        var framework = partitionAware ? Make.Framework(capabilities: Capability.PartitionAware) : Make.Framework();
        _agent.Run(Make.TaskOf(Make.Executor("e1"), "t1"), framework);
        _agent.Start("e1");
        _agent.Subscribe("e1");
        _agent.Update("e1", "t1", TaskState.TaskRunning);
        _agent.AcknowledgeAll();

        _agent.Restart();
        _agent.OpenLink();
        _agent.Pass(TimeSpan.FromSeconds(2));
        Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>());
        _agent.Admit();
        _agent.Exit("e1", 9);

        var update = Assert.Single(_agent.AcknowledgeAll());
        Assert.Equal((state, Reason.ExecutorReregistrationTimeout), (update.State, update.Reason));
        Assert.Equal("Executor did not reregister within 2secs", update.Message);
    }

    [Fact]
    public void Executor_EndedMeanwhile_FailsItsTasks()
    {
        _agent.Run(Make.TaskOf(Make.Executor("e1"), "t1"));
        _agent.Start("e1");
        _agent.Subscribe("e1");
        _agent.Update("e1", "t1", TaskState.TaskRunning);
        _agent.AcknowledgeAll();
        _agent.ExitUnseen("e1", 0);

        Reconnect();

        var update = Assert.Single(_agent.AcknowledgeAll());
        Assert.Equal((TaskState.TaskFailed, Reason.ExecutorTerminated), (update.State, update.Reason));
        Assert.Empty(_agent.Supervised);
    }

    [Fact]
    public void Containers_OfNobody_AreEnded()
    {
        var lost = new Tepui.Model.Identifiers.ContainerId("nobodys");
        _agent.Supervised[lost] = new(lost, 5, Running: true, WaitStatus: null);

        _agent.Restart();

        Assert.Equal([new AgentEffect.KillContainer(lost, TimeSpan.Zero)], _agent.Effects);
    }

    private void Reconnect()
    {
        _agent.Restart();
        _agent.Connect();
    }
}
