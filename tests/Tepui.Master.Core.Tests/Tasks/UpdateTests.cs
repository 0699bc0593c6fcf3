using Google.Protobuf;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Testing;
using EventType = Tepui.Protocol.V1.Master.Event.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Tests.Tasks;

/// <summary>Status updates, acknowledgements and kills.</summary>
public sealed class UpdateTests
{
    private readonly MasterHarness _master = new();
    private readonly LinkId _link;
    private readonly StreamId _stream;
    private readonly Offer _offer;

    public UpdateTests()
    {
        _link = _master.Link(An.Arrival());
        _stream = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        _offer = _master.Offers(_stream)[0];
        _master.Accept(_stream, [_offer], A.Launch(A.Task("t1", _offer.AgentId)));
        _master.Settle();
        _master.Forget();
    }

    private FrameworkID Framework => _offer.FrameworkId;

    private Protocol.V1.Task Task => _master.View.Frameworks[0].Tasks.Single().Task;

    [Fact]
    public void Update_IsForwardedAsItCame()
    {
        var frame = Acts.Update(Framework, new() { Value = "t1" }, _offer.AgentId, TaskState.TaskRunning);
        frame.StatusUpdate.Status.Data = ByteString.CopyFromUtf8("data");
        frame.StatusUpdate.Status.Healthy = true;

        _master.Send(_link, frame);

        Assert.Equal(frame.StatusUpdate.Status, Assert.Single(_master.Updates(_stream)));
        Assert.False(Assert.Single(Task.Statuses).HasData);
        Assert.Equal(Acts.Uuid(1), Task.StatusUpdateUuid);
        var published = Assert.Single(_master.Published(), static e => e.Type == EventType.TaskUpdated).TaskUpdated;
        Assert.Equal((TaskState.TaskRunning, "t1"), (published.State, published.Status.TaskId.Value));
    }

    [Fact]
    public void Update_OfTheSameState_ReplacesTheLastStatusAndIsNotPublishedUnlessAboutChecks()
    {
        Send(TaskState.TaskRunning, 1);
        _master.Forget();
        Send(TaskState.TaskRunning, 2);
        Assert.Empty(_master.Published());

        var checks = Acts.Update(Framework, new() { Value = "t1" }, _offer.AgentId, TaskState.TaskRunning, 3);
        checks.StatusUpdate.Status.Reason = Reason.TaskHealthCheckStatusUpdated;
        _master.Send(_link, checks);

        Assert.Single(_master.Published());
        Assert.Equal(Acts.Uuid(3), Assert.Single(Task.Statuses).Uuid);
        Assert.Equal(2, _master.Updates(_stream).Count);
    }

    [Fact]
    public void Update_BehindTheLatestState_FreesResourcesAtOnce()
    {
        Send(TaskState.TaskRunning, 1, latest: TaskState.TaskFinished);

        Assert.Equal(TaskState.TaskFinished, Task.State);
        Assert.Equal(TaskState.TaskRunning, Task.StatusUpdateState);
        Assert.True(_master.View.Agents[0].Allocated.IsEmpty);
        Assert.Equal(1, _master.View.Counters["master/tasks_finished"]);

        _master.Acknowledge(_stream, Framework, _master.Updates(_stream)[0]);
        Assert.Equal(TaskState.TaskFinished, Task.State);

        Send(TaskState.TaskFinished, 2);
        _master.Acknowledge(_stream, Framework, _master.Updates(_stream)[1]);
        Assert.Empty(_master.View.Frameworks[0].Tasks);
        Assert.Equal(1, _master.View.Counters["master/tasks_finished"]);
    }

    [Fact]
    public void Update_AfterTheEnd_ChangesNothingButIsForwarded()
    {
        Send(TaskState.TaskFinished, 1);
        Send(TaskState.TaskRunning, 2);

        Assert.Equal(TaskState.TaskFinished, Task.State);
        Assert.Equal(2, _master.Updates(_stream).Count);
    }

    [Fact]
    public void Update_OfAnUnknownTask_IsForwardedAndCounted()
    {
        _master.Send(_link, Acts.Update(Framework, new() { Value = "who" }, _offer.AgentId, TaskState.TaskFailed));

        Assert.Equal("who", Assert.Single(_master.Updates(_stream)).TaskId.Value);
        Assert.Equal(1, _master.View.Counters["master/invalid_status_updates"]);
    }

    [Fact]
    public void Update_OfAnUnknownFramework_IsAnsweredByShutdown()
    {
        _master.Send(_link, Acts.Update(new() { Value = "who" }, new() { Value = "t" }, _offer.AgentId, TaskState.TaskFailed));

        Assert.Equal("who", Assert.Single(_master.Frames(_link)).ShutdownFramework.FrameworkId.Value);
    }

    [Fact]
    public void Acknowledge_TheEnd_ForgetsTheTaskAndItsIdMayBeUsedAgain()
    {
        Send(TaskState.TaskFailed, 1);
        Assert.Equal("Task has duplicate ID: t1", Relaunch());

        _master.Acknowledge(_stream, Framework, _master.Updates(_stream)[0]);

        Assert.Null(Relaunch());
        Assert.Equal(TaskState.TaskStaging, Task.State);
        Assert.Single(_master.View.Frameworks[0].CompletedTasks);
    }

    [Fact]
    public void Acknowledge_AnotherUuid_IsPassedOnAndKeepsTheTask()
    {
        Send(TaskState.TaskFailed, 1);
        var wrong = _master.Updates(_stream)[0].Clone();
        wrong.Uuid = Acts.Uuid(7);

        _master.Acknowledge(_stream, Framework, wrong);

        Assert.NotNull(Task);
        Assert.Equal(Acts.Uuid(7), Assert.Single(_master.Frames(_link)).AcknowledgeStatus.Uuid);
    }

    [Fact]
    public void Acknowledge_WhileTheAgentIsAway_IsDropped()
    {
        Send(TaskState.TaskFailed, 1);
        _master.Step(new MasterInput.LinkClosed(_link));

        _master.Acknowledge(_stream, Framework, _master.Updates(_stream)[0]);

        Assert.NotNull(Task);
        Assert.Equal(1, _master.View.Counters["master/invalid_status_update_acknowledgements"]);
    }

    [Fact]
    public void Completed_MoreThanAreKept_OldestGo()
    {
        var master = new MasterHarness(static options => options with { MaxCompletedTasksPerFramework = 2 });
        var link = master.Link(An.Arrival());
        var stream = master.Subscribe(A.Framework());
        master.Settle();
        var offer = master.Offers(stream)[0];
        master.Accept(stream, [offer], A.Launch([.. Enumerable.Range(1, 3).Select(i => A.Task($"t{i}", offer.AgentId))]));
        for (byte i = 1; i <= 3; i++)
        {
            master.Send(link, Acts.Update(offer.FrameworkId, new() { Value = $"t{i}" }, offer.AgentId, TaskState.TaskFinished, i));
            master.Acknowledge(stream, offer.FrameworkId, master.Updates(stream)[^1]);
        }

        Assert.Equal(["t2", "t3"], master.View.Frameworks[0].CompletedTasks.Select(static task => task.Task.Name));
    }

    [Fact]
    public void Kill_Running_TellsTheAgentWithThePolicy()
    {
        _master.Make(_stream, new Protocol.V1.Scheduler.Call
        {
            Type = Protocol.V1.Scheduler.Call.Types.Type.Kill,
            FrameworkId = Framework,
            Kill = new() { TaskId = new() { Value = "t1" }, AgentId = _offer.AgentId, KillPolicy = new() { GracePeriod = new() { Nanoseconds = 5 } } },
        });

        var kill = Assert.Single(_master.Frames(_link)).KillTask;
        Assert.Equal(("t1", 5), (kill.TaskId.Value, kill.KillPolicy.GracePeriod.Nanoseconds));
        Assert.Empty(_master.Events(_stream));
    }

    [Fact]
    public void Kill_OnTheWrongAgent_IsIgnored()
    {
        _master.Kill(_stream, Framework, "t1", new() { Value = "other" });

        Assert.Empty(_master.Frames(_link));
        Assert.Empty(_master.Events(_stream));
    }

    [Fact]
    public void Kill_Unknown_IsReconciled()
    {
        _master.Kill(_stream, Framework, "who");

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal((TaskState.TaskLost, Reason.Reconciliation, "Reconciliation: Task is unknown"), (status.State, status.Reason, status.Message));
    }

    [Fact]
    public void Shutdown_TellsTheAgent()
    {
        _master.Make(_stream, new Protocol.V1.Scheduler.Call
        {
            Type = Protocol.V1.Scheduler.Call.Types.Type.Shutdown,
            FrameworkId = Framework,
            Shutdown = new() { AgentId = _offer.AgentId, ExecutorId = new() { Value = "e" } },
        });

        Assert.Equal("e", Assert.Single(_master.Frames(_link)).ShutdownExecutor.ExecutorId.Value);
    }

    [Fact]
    public void ExecutorExited_FreesItsResourcesAndTellsTheFramework()
    {
        _master.Accept(_stream, [_master.OpenOffer()], A.Launch(A.TaskUnder(A.Executor("e", cpus: 1), "t2", _offer.AgentId)));
        Assert.Equal(1200, _master.View.Agents[0].Allocated.Scalar("cpus"));
        _master.Forget();

        _master.Send(_link, new AgentFrame { ExecutorExited = new() { FrameworkId = Framework, ExecutorId = new() { Value = "e" }, Status = 256 } });

        var failure = Assert.Single(_master.Events(_stream)).Failure;
        Assert.Equal((_offer.AgentId, "e", 256), (failure.AgentId, failure.ExecutorId.Value, failure.Status));
        Assert.Equal(200, _master.View.Agents[0].Allocated.Scalar("cpus"));
        Assert.Empty(_master.View.Agents[0].Executors);
        Assert.Empty(_master.View.Frameworks[0].Executors);
    }

    private void Send(TaskState state, byte number, TaskState? latest = null) =>
        _master.Send(_link, Acts.Update(Framework, new() { Value = "t1" }, _offer.AgentId, state, number, latest));

    private string? Relaunch()
    {
        var before = _master.Updates(_stream).Count;
        _master.Settle();
        _master.Accept(_stream, [_master.View.Frameworks[0].Offers[0]], A.Launch(A.Task("t1", _offer.AgentId)));
        return _master.Updates(_stream).Skip(before).SingleOrDefault()?.Message;
    }
}
