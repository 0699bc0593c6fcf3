using Google.Protobuf;
using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Call = Tepui.Protocol.V1.Executor.Call;
using CallType = Tepui.Protocol.V1.Executor.Call.Types.Type;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using Source = Tepui.Protocol.V1.TaskStatus.Types.Source;

namespace Tepui.Agent.Core.Tests;

public sealed class CustomExecutorTests
{
    private readonly AgentHarness _agent = new();
    private readonly ExecutorInfo _executor = Make.Executor("e1");

    public CustomExecutorTests() => _agent.Connect();

    [Fact]
    public void Executor_Started_HasWhatItNeedsToFindItsAgent()
    {
        _agent.Run(Make.TaskOf(_executor, "t1"));
        var plan = Assert.Single(_agent.Started);

        Assert.Equal("./executor", plan.Command.Value);
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["LIBPROCESS_IP"] = "127.0.0.1",
                ["LIBPROCESS_PORT"] = "0",
                ["MESOS_AGENT_ENDPOINT"] = "127.0.0.1:5051",
                ["MESOS_CHECKPOINT"] = "1",
                ["MESOS_DIRECTORY"] = $"/work/{plan.Directory}",
                ["MESOS_EXECUTOR_ID"] = "e1",
                ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "5secs",
                ["MESOS_FRAMEWORK_ID"] = Make.FrameworkId,
                ["MESOS_HTTP_COMMAND_EXECUTOR"] = "0",
                ["MESOS_RECOVERY_TIMEOUT"] = "15mins",
                ["MESOS_SANDBOX"] = $"/work/{plan.Directory}",
                ["MESOS_SLAVE_ID"] = Make.AgentId,
                ["MESOS_SLAVE_PID"] = "slave(1)@127.0.0.1:5051",
                ["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = "2secs",
                ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            },
            new SortedDictionary<string, string>(plan.Environment.ToDictionary(), StringComparer.Ordinal));
    }

    [Fact]
    public void Executor_Subscribes_GetsItsTasksAndHasUpdatesForwarded()
    {
        _agent.Run(Make.TaskOf(_executor, "t1"));
        _agent.Run(Make.TaskOf(_executor, "t2"));
        var pid = _agent.Start("e1");
        Assert.Equal((403, "Executor is not subscribed"), _agent.Call(_agent.UpdateOf("e1", "t1", TaskState.TaskRunning)));

        var stream = _agent.Subscribe("e1");
        var events = _agent.Events(stream);
        Assert.Equal([EventType.Subscribed, EventType.Launch, EventType.Launch], events.Select(message => message.Type));
        Assert.Equal("e1", events[0].Subscribed.ExecutorInfo.ExecutorId.Value);
        Assert.Equal(Make.AgentId, events[0].Subscribed.AgentInfo.Id.Value);
        Assert.Equal(_agent.ContainerOf("e1").Value, events[0].Subscribed.ContainerId.Value);
        Assert.Equal("t2", events[2].Launch.Task.TaskId.Value);

        var sent = _agent.Update("e1", "t1", TaskState.TaskRunning);
        Assert.Equal(EventType.Acknowledged, _agent.Events(stream)[^1].Type);
        Assert.Equal(sent.Uuid, _agent.Events(stream)[^1].Acknowledged.Uuid);
        _agent.Update("e1", "t1", TaskState.TaskFinished);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal([TaskState.TaskRunning, TaskState.TaskFinished], updates.Select(update => update.State));
        Assert.Equal(sent.Uuid, updates[0].Uuid);
        Assert.Equal((uint)pid, updates[0].ContainerStatus.ExecutorPid);
        Assert.Equal("127.0.0.1", updates[0].ContainerStatus.NetworkInfos[0].IpAddresses[0].IpAddress);
        Assert.Equal(Make.AgentId, updates[0].AgentId.Value);
        Assert.Equal("RUNNING", _agent.Core.View(_agent.Now).Frameworks[0].Executors[0].State);
    }

    [Fact]
    public void Group_OfACustomExecutor_IsDeliveredAsOne()
    {
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);
        _agent.Start("e1");

        var stream = _agent.Subscribe("e1");

        var launch = _agent.Events(stream)[^1];
        Assert.Equal(EventType.LaunchGroup, launch.Type);
        Assert.Equal(["a", "b"], launch.LaunchGroup.TaskGroup.Tasks.Select(task => task.TaskId.Value));
    }

    [Fact]
    public void Update_SentTwice_IsAcknowledgedTwiceAndForwardedOnce()
    {
        var stream = Subscribed("t1");
        var call = _agent.UpdateOf("e1", "t1", TaskState.TaskRunning);

        _agent.Call(call.Clone());
        _agent.Acknowledge(_agent.Updates.Single());
        _agent.Clear();
        _agent.Call(call.Clone());

        Assert.Equal(EventType.Acknowledged, Assert.Single(_agent.Events(stream)).Type);
        Assert.Empty(_agent.Updates);
    }

    [Fact]
    public void Update_AfterTheLast_IsAcknowledgedAndDropped()
    {
        var stream = Subscribed("t1");
        _agent.Update("e1", "t1", TaskState.TaskFinished);
        _agent.Update("e1", "t1", TaskState.TaskRunning);

        Assert.Equal(2, _agent.Events(stream).Count(message => message.Type == EventType.Acknowledged));
        Assert.Equal([TaskState.TaskFinished], _agent.AcknowledgeAll().Select(update => update.State));
        Assert.Equal(1, _agent.Core.View(_agent.Now).Counters["slave/invalid_status_updates"]);
    }

    [Theory]
    [MemberData(nameof(BadUpdates))]
    public void Update_Malformed_IsRefusedNamingTheField(string name, Action<TaskStatus> spoil, string problem)
    {
        Subscribed("t1");
        var call = _agent.UpdateOf("e1", "t1", TaskState.TaskRunning);
        spoil(call.Update.Status);

        var answer = _agent.Call(call);

        Assert.Equal((400, $"Failed to validate Executor::Call: {problem}"), answer);
        Assert.Empty(_agent.Updates);
        Assert.NotEmpty(name);
    }

    public static TheoryData<string, Action<TaskStatus>, string> BadUpdates() => new()
    {
        { "no uuid", status => status.ClearUuid(), "Expecting 'uuid' to be present" },
        { "short uuid", status => status.Uuid = ByteString.CopyFromUtf8("short"), "Not a valid UUID" },
        { "zero uuid", status => status.Uuid = ByteString.CopyFrom(new byte[16]), "Not a valid UUID" },
        { "executor", status => status.ExecutorId = new() { Value = "e2" }, "ExecutorID in Call: e1 does not match ExecutorID in TaskStatus: e2" },
        {
            "source", status => status.Source = Source.Agent,
            $"Received Call from executor e1 of framework {Make.FrameworkId} with invalid source, expecting 'SOURCE_EXECUTOR'"
        },
        {
            "state", status => status.State = TaskState.TaskStaging,
            $"Received TASK_STAGING from executor e1 of framework {Make.FrameworkId} which is not allowed"
        },
    };

    [Fact]
    public void Calls_OfStrangers_AreRefused()
    {
        Subscribed("t1");
        var stranger = _agent.UpdateOf("e9", "t1", TaskState.TaskRunning);
        Assert.Equal((400, "Executor cannot be found"), _agent.Call(stranger));
        stranger.FrameworkId = new() { Value = "nobody" };
        Assert.Equal((400, "Framework cannot be found"), _agent.Call(stranger));
        Assert.Equal((202, ""), _agent.Call(AgentHarness.CallOf("e9", CallType.Heartbeat)));
        Assert.Equal(501, _agent.Call(AgentHarness.CallOf("e1", CallType.Unknown)).Status);
        Assert.Equal((400, "Executor cannot be found"), _agent.Core.MaySubscribe(AgentHarness.CallOf("e9", CallType.Subscribe)));
        Assert.Null(_agent.Core.MaySubscribe(AgentHarness.CallOf("e1", CallType.Subscribe)));
        Assert.Equal(400, _agent.Call(new Call()).Status);
    }

    [Fact]
    public void Subscribe_ASecondTime_ClosesTheFirstStream()
    {
        var first = Subscribed("t1");
        _agent.Update("e1", "t1", TaskState.TaskRunning);
        _agent.Clear();

        var second = _agent.Subscribe("e1");

        Assert.Contains(new AgentEffect.CloseStream(first), _agent.Effects);
        Assert.Equal([EventType.Subscribed], _agent.Events(second).Select(message => message.Type));
        _agent.Step(new AgentInput.StreamClosed(first));
        _agent.Run(Make.TaskOf(_executor, "t2"));
        Assert.Equal(EventType.Launch, _agent.Events(second)[^1].Type);
    }

    [Fact]
    public void Launch_WhileDisconnected_WaitsForTheExecutor()
    {
        var first = Subscribed("t1");
        _agent.Update("e1", "t1", TaskState.TaskRunning);
        _agent.Step(new AgentInput.StreamClosed(first));

        _agent.Run(Make.TaskOf(_executor, "t2"));
        _agent.Kill("t1");
        _agent.Clear();
        var second = _agent.Subscribe("e1");

        Assert.Equal([EventType.Subscribed, EventType.Launch, EventType.Kill], _agent.Events(second).Select(message => message.Type));
    }

    [Fact]
    public void Launch_LostWithItsStream_IsReportedLostWhenTheExecutorDoesNotNameIt()
    {
        var first = Subscribed("t1", "t2");
        _agent.Step(new AgentInput.StreamClosed(first));

        _agent.Subscribe("e1", tasks: [Make.TaskOf(_executor, "t1")]);

        var update = Assert.Single(_agent.AcknowledgeAll());
        Assert.Equal(("t2", TaskState.TaskLost, Reason.AgentRestarted), (update.TaskId.Value, update.State, update.Reason));
    }

    [Fact]
    public void Executor_ThatNeverSubscribes_IsEnded()
    {
        _agent.Run(Make.TaskOf(_executor, "t1"));
        _agent.Start("e1");

        _agent.Pass(TimeSpan.FromSeconds(59));
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.KillContainer);
        _agent.Pass(TimeSpan.FromSeconds(1));
        _agent.Exit("e1", 9);

        var update = Assert.Single(_agent.AcknowledgeAll());
        Assert.Equal((TaskState.TaskFailed, Reason.ExecutorRegistrationTimeout), (update.State, update.Reason));
        Assert.Equal("Executor did not register within 1mins", update.Message);
        Assert.Equal(9, Assert.Single(_agent.Frames, frame => frame.ExecutorExited is not null).ExecutorExited.Status);
    }

    [Fact]
    public void Executor_Exits_FailsItsUnfinishedTasks()
    {
        Subscribed("t1", "t2");
        _agent.Update("e1", "t1", TaskState.TaskFinished);

        _agent.Exit("e1", 3 << 8);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(TaskState.TaskFinished, updates.Single(update => update.TaskId.Value == "t1").State);
        var failed = updates.Single(update => update.TaskId.Value == "t2");
        Assert.Equal((TaskState.TaskFailed, Source.Agent, Reason.ExecutorTerminated), (failed.State, failed.Source, failed.Reason));
        Assert.Equal("Executor terminated", failed.Message);
        Assert.Equal(3 << 8, _agent.Frames.Single(frame => frame.ExecutorExited is not null).ExecutorExited.Status);
        Assert.Empty(_agent.Core.View(_agent.Now).Frameworks);
        Assert.Equal(["agent", "epoch", $"runs/{_agent.ContainerOf("e1")}"], _agent.DiskKeys);
    }

    [Fact]
    public void Kill_OfADeliveredTask_IsPassedOnWithItsPolicy()
    {
        var stream = Subscribed("t1");

        _agent.Kill("t1", Make.Grace(7));

        var kill = _agent.Events(stream)[^1];
        Assert.Equal(EventType.Kill, kill.Type);
        Assert.Equal(7_000_000_000, kill.Kill.KillPolicy.GracePeriod.Nanoseconds);
    }

    [Fact]
    public void Kill_OfTheOnlyQueuedTask_EndsTheUnusedExecutorToo()
    {
        _agent.Run(Make.TaskOf(_executor, "t1"));
        _agent.Start("e1");

        _agent.Kill("t1");
        Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>());
        _agent.Exit("e1", 15);

        Assert.Equal(Reason.TaskKilledDuringLaunch, Assert.Single(_agent.AcknowledgeAll()).Reason);
    }

    [Fact]
    public void Kill_OfAQueuedTask_KeepsItFromTheExecutorAndSparesTheOthers()
    {
        _agent.Run(Make.TaskOf(_executor, "t1"));
        _agent.RunGroup(_executor, tasks: [Make.Task("a"), Make.Task("b")]);
        _agent.Run(Make.TaskOf(_executor, "t2"));
        _agent.Start("e1");

        _agent.Kill("t1");
        _agent.Kill("b");
        var stream = _agent.Subscribe("e1");

        Assert.Equal([EventType.Subscribed, EventType.Launch], _agent.Events(stream).Select(message => message.Type));
        Assert.Equal("t2", _agent.Events(stream)[1].Launch.Task.TaskId.Value);
        var updates = _agent.AcknowledgeAll();
        Assert.Equal(["t1", "a", "b"], updates.Select(update => update.TaskId.Value));
        Assert.All(updates, update => Assert.Equal((TaskState.TaskKilled, Reason.TaskKilledDuringLaunch), (update.State, update.Reason)));
    }

    [Fact]
    public void ShutdownExecutor_TellsItAndEndsItAfterItsGrace()
    {
        _executor.ShutdownGracePeriod = new() { Nanoseconds = 8_000_000_000 };
        var stream = Subscribed("t1");

        _agent.Send(new() { ShutdownExecutor = new() { FrameworkId = new() { Value = Make.FrameworkId }, ExecutorId = new() { Value = "e1" } } });
        Assert.Equal(EventType.Shutdown, _agent.Events(stream)[^1].Type);
        _agent.Pass(TimeSpan.FromSeconds(7.9));
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.KillContainer);
        _agent.Pass(TimeSpan.FromSeconds(0.2));

        Assert.Equal(TimeSpan.Zero, Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>()).Grace);
    }

    [Fact]
    public void Messages_GoBothWays()
    {
        var stream = Subscribed("t1");
        var call = AgentHarness.CallOf("e1", CallType.Message);
        call.Message = new() { Data = ByteString.CopyFromUtf8("up") };

        Assert.Equal((202, ""), _agent.Call(call));
        _agent.Send(new()
        {
            FrameworkMessage = new()
            {
                FrameworkId = new() { Value = Make.FrameworkId },
                ExecutorId = new() { Value = "e1" },
                Data = ByteString.CopyFromUtf8("down"),
            },
        });

        Assert.Equal("up", _agent.Frames.Single(frame => frame.ExecutorMessage is not null).ExecutorMessage.Data.ToStringUtf8());
        Assert.Equal("down", _agent.Events(stream)[^1].Message.Data.ToStringUtf8());
    }

    [Fact]
    public void Stream_Quiet_GetsAHeartbeatEveryHalfHour()
    {
        var stream = Subscribed("t1");
        _agent.Clear();

        _agent.Pass(TimeSpan.FromMinutes(61));

        Assert.Equal(2, _agent.Events(stream).Count(message => message.Type == EventType.Heartbeat));
    }

    private StreamId Subscribed(params string[] tasks)
    {
        foreach (var task in tasks)
        {
            _agent.Run(Make.TaskOf(_executor, task));
        }

        _agent.Start("e1");
        return _agent.Subscribe("e1");
    }
}
