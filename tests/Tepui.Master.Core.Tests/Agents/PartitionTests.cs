using Tepui.Protocol.Link;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using State = Tepui.Protocol.Registry.AgentEntry.Types.State;

namespace Tepui.Master.Core.Tests.Agents;

/// <summary>Agents are cut off, fall silent, come back, or are given up.</summary>
public sealed class PartitionTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void LinkClosed_RescindsOffersAndKeepsCheckpointedTasks()
    {
        var (stream, link, offer) = Running();
        _master.Settle();
        _master.Forget();

        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal(EventType.Rescind, Assert.Single(_master.Events(stream), static e => e.Type != EventType.Heartbeat).Type);
        var view = Assert.Single(_master.View.Agents);
        Assert.False(view.Active || view.Connected);
        Assert.Single(_master.View.Frameworks[0].Tasks);
        Assert.Equal(100, view.Allocated.Scalar("cpus"));
        Assert.NotNull(offer);
    }

    [Fact]
    public void LinkClosed_LosesTasksAndExecutorsOfFrameworksWithoutCheckpoint()
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(checkpoint: false));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.TaskUnder(A.Executor("e"), "t1", offer.AgentId)));
        _master.Forget();

        _master.Step(new MasterInput.LinkClosed(link));

        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal((TaskState.TaskLost, Reason.AgentDisconnected), (status.State, status.Reason));
        Assert.True(_master.View.Agents[0].Allocated.IsEmpty);
        Assert.Empty(_master.View.Agents[0].Executors);
    }

    [Fact]
    public void LinkClosed_PartitionAwareWithoutCheckpoint_IsToldNothingThatTheReturnWouldTakeBack()
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(checkpoint: false, can: Capability.PartitionAware));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        _master.Forget();

        _master.Step(new MasterInput.LinkClosed(link));
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));
        _master.Link(back);

        Assert.Empty(_master.Updates(stream));
        Assert.Single(_master.View.Frameworks[0].Tasks);
    }

    [Fact]
    public void Return_HavingForgottenAnEndedTask_TellsItsEndAndIsDoneWithIt()
    {
        var (stream, link, offer) = Running();
        _master.Send(link, Acts.Update(offer.FrameworkId, new() { Value = "t1" }, offer.AgentId, TaskState.TaskRunning, latest: TaskState.TaskFinished));
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Forget();

        _master.Link(An.Return(_master.AgentInfo(offer.AgentId)));

        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal((TaskState.TaskFinished, Reason.Reconciliation), (status.State, status.Reason));
        Assert.Empty(_master.View.Frameworks[0].Tasks);
        Assert.Single(_master.View.Frameworks[0].CompletedTasks);
    }

    [Fact]
    public void LinkClosed_ForTooLong_IsUnreachable()
    {
        var (stream, link, offer) = Running(Capability.PartitionAware);
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Forget();

        _master.Advance(TimeSpan.FromMinutes(10));

        AssertUnreachable(stream, offer, TaskState.TaskUnreachable);
        Assert.Equal(TaskState.TaskUnreachable, Assert.Single(_master.View.Frameworks[0].UnreachableTasks).Task.State);
    }

    [Fact]
    public void Pings_UnansweredFiveTimes_IsUnreachable()
    {
        var (stream, link, offer) = Running();
        _master.AnswersPings = false;
        _master.Forget();

        _master.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(5, _master.Frames(link).Count(static frame => frame.Ping is { Connected: true }));
        Assert.Single(_master.View.Agents);

        _master.Advance(TimeSpan.FromSeconds(1));
        AssertUnreachable(stream, offer, TaskState.TaskLost);
        Assert.True(_master.IsClosed(link));
        Assert.Equal(1, _master.View.Counters["master/slave_removals/reason_unhealthy"]);
        Assert.Equal(1, _master.View.UnreachableAgents);
    }

    [Fact]
    public void Pong_ResetsTheCountAndBringsUsage()
    {
        var (_, link, _) = Running();
        _master.AnswersPings = false;
        _master.Advance(TimeSpan.FromSeconds(80));

        _master.Send(link, new AgentFrame { Pong = new() { Usage = new() { Cpus = 1.5, MemBytes = 7, DiskBytes = 8 } } });
        _master.Advance(TimeSpan.FromSeconds(80));

        Assert.Equal(1.5, Assert.Single(_master.View.Agents).Usage?.Cpus);
    }

    [Fact]
    public void Unreachable_LaunchUnderItsTaskId_IsADuplicate()
    {
        var (stream, link, _) = Running(Capability.PartitionAware);
        _master.Link(An.Arrival(An.Agent("host2"), "10.0.0.2"));
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromMinutes(11));
        var other = _master.View.Frameworks[0].Offers[0];
        _master.Forget();

        _master.Accept(stream, [other], A.Launch(A.Task("t1", other.AgentId)));

        Assert.Equal("Task has duplicate ID: t1", Assert.Single(_master.Updates(stream)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unreachable_ComesBackWithItsTask_IsRunningAgain(bool partitionAware)
    {
        var (stream, link, offer) = partitionAware ? Running(Capability.PartitionAware) : Running();
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromMinutes(10));
        _master.Forget();

        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));
        back.Frameworks.Add(_master.View.Frameworks[0].Info);
        var again = _master.Link(back);

        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal((TaskState.TaskRunning, Reason.AgentReregistered), (status.State, status.Reason));
        Assert.Empty(_master.View.Frameworks[0].UnreachableTasks);
        Assert.Equal(TaskState.TaskRunning, Assert.Single(_master.View.Frameworks[0].Tasks).Task.State);
        Assert.Equal(100, Assert.Single(_master.View.Agents).Allocated.Scalar("cpus"));
        Assert.Equal(State.Admitted, ((AgentEntry)_master.Registry["agents/master1-S0"]).State);
        Assert.Empty(_master.Frames(again).Single(static frame => frame.Reregistered is not null).Reregistered.UnknownTasks);
        Assert.Equal(0, _master.View.UnreachableAgents);
    }

    [Fact]
    public void Unreachable_ComesBackWithoutItsTask_IsAskedForIt()
    {
        var (stream, link, offer) = Running(Capability.PartitionAware);
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromMinutes(10));
        _master.Forget();

        var again = _master.Link(An.Return(_master.AgentInfo(offer.AgentId)));
        var asked = Assert.Single(_master.Frames(again).Single(static frame => frame.Reregistered is not null).Reregistered.UnknownTasks);
        Assert.Equal(("t1", true), (asked.TaskId.Value, asked.PartitionAware));

        _master.Send(again, Acts.Update(offer.FrameworkId, asked.TaskId, offer.AgentId, TaskState.TaskDropped, 9));
        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal(TaskState.TaskDropped, status.State);
        _master.Acknowledge(stream, offer.FrameworkId, status);
        Assert.Empty(_master.View.Frameworks[0].Tasks);
        Assert.Empty(_master.View.Frameworks[0].UnreachableTasks);
    }

    [Fact]
    public void Return_AfterAShortBreak_KeepsEverythingAndAsksForWhatIsMissing()
    {
        var (stream, link, offer) = Running();
        _master.Accept(stream, [_master.OpenOffer()], A.Launch(A.Task("t2", offer.AgentId)));
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromSeconds(3));
        _master.Forget();

        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));
        var again = _master.Link(back);
        _master.Settle();

        Assert.Empty(_master.Updates(stream));
        var frame = _master.Frames(again).Single(static f => f.Reregistered is not null).Reregistered;
        Assert.Equal("t2", Assert.Single(frame.UnknownTasks).TaskId.Value);
        Assert.False(Assert.Single(frame.UnknownTasks).PartitionAware);
        Assert.Single(_master.Offers(stream));
        var view = Assert.Single(_master.View.Agents);
        Assert.True(view.Connected);
        Assert.Equal(_master.Now - TimeSpan.FromMilliseconds(150), view.Reregistered);
        Assert.False(_master.Effects.OfType<MasterEffect.Persist>().Any());
    }

    [Fact]
    public void Return_OverANewLinkWhileConnected_ClosesTheOldOne()
    {
        var (_, link, offer) = Running();
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));

        _master.Link(back);

        Assert.True(_master.IsClosed(link));
        _master.Step(new MasterInput.LinkClosed(link));
        Assert.True(Assert.Single(_master.View.Agents).Connected);
    }

    [Fact]
    public void Return_WithOtherResources_TakesThemOver()
    {
        var (stream, link, offer) = Running();
        _master.Step(new MasterInput.LinkClosed(link));
        var info = An.Agent(cpus: 16);
        info.Id = offer.AgentId;
        var back = An.Return(info);
        back.Tasks.Add(TaskOf(offer, "t1"));
        _master.Forget();

        _master.Link(back);
        _master.Settle();

        Assert.Equal(15.9, _master.Offers(stream)[0].Resources.Single(static r => r.Name == "cpus").Scalar.Value);
        Assert.Equal(16, ((AgentEntry)_master.Registry["agents/master1-S0"]).AgentInfo.Resources[1].Scalar.Value);
    }

    [Fact]
    public void Return_FromAnotherAddress_IsRefused()
    {
        var (_, link, offer) = Running();
        _master.Step(new MasterInput.LinkClosed(link));

        var again = _master.Link(An.Return(_master.AgentInfo(offer.AgentId), ip: "10.9.9.9"));

        Assert.Contains("10.9.9.9", Assert.Single(_master.Frames(again)).Shutdown.Message, StringComparison.Ordinal);
        Assert.True(_master.IsClosed(again));
    }

    [Fact]
    public void Return_HavingObeyedANewerMaster_IsLeftToIt()
    {
        var back = An.Return(An.Agent());
        back.AgentInfo.Id = new() { Value = "x-S1" };
        back.EpochSeen = 2;

        var link = _master.Link(back);

        Assert.Equal(new MasterEffect.CloseLink(link), Assert.Single(_master.Effects));
        Assert.Empty(_master.View.Agents);
    }

    [Fact]
    public void Return_TaskKilledMeanwhile_IsKilledAgain()
    {
        var (stream, link, offer) = Running();
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Kill(stream, offer.FrameworkId, "t1");
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));

        var again = _master.Link(back);

        Assert.Equal("t1", Assert.Single(_master.Frames(again), static frame => frame.KillTask is not null).KillTask.TaskId.Value);
    }

    [Fact]
    public void Return_WithWorkOfARemovedFramework_IsToldToEndIt()
    {
        var (stream, link, offer) = Running();
        var info = _master.View.Frameworks[0].Info;
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Make(stream, new Protocol.V1.Scheduler.Call { Type = Protocol.V1.Scheduler.Call.Types.Type.Teardown, FrameworkId = offer.FrameworkId });
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));
        back.Frameworks.Add(info);

        var again = _master.Link(back);

        Assert.Equal(offer.FrameworkId, Assert.Single(_master.Frames(again), static frame => frame.ShutdownFramework is not null).ShutdownFramework.FrameworkId);
        Assert.True(Assert.Single(_master.View.Agents).Allocated.IsEmpty);
        Assert.Empty(_master.View.Frameworks);
    }

    [Fact]
    public void Return_TaskIdInUseElsewhere_IsKilledThere()
    {
        var (stream, link, offer) = Running(checkpoint: false);
        _master.Link(An.Arrival(An.Agent("host2"), "10.0.0.2"));
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Settle();
        var other = _master.View.Frameworks[0].Offers[0];
        _master.Accept(stream, [other], A.Launch(A.Task("t1", other.AgentId)));
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(TaskOf(offer, "t1"));
        back.Frameworks.Add(_master.View.Frameworks[0].Info);

        var again = _master.Link(back);

        Assert.Single(_master.Frames(again), static frame => frame.KillTask is not null);
        Assert.Equal(other.AgentId, Assert.Single(_master.View.Frameworks[0].Tasks).Task.AgentId);
    }

    [Fact]
    public void Return_WithAndWithoutExecutors_FollowsTheAgent()
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.TaskUnder(A.Executor("e1"), "t1", offer.AgentId)));
        var e1 = Assert.Single(_master.View.Agents[0].Executors);
        _master.Step(new MasterInput.LinkClosed(link));
        var e2 = e1.Clone();
        e2.ExecutorId = new() { Value = "e2" };
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Executors.Add(e2);
        back.Tasks.Add(_master.View.Frameworks[0].Tasks[0].Task);

        _master.Link(back);

        Assert.Equal("e2", Assert.Single(_master.View.Agents[0].Executors).ExecutorId.Value);
        Assert.Equal("e2", Assert.Single(_master.View.Frameworks[0].Executors).Executor.ExecutorId.Value);
        Assert.Equal(200, _master.View.Agents[0].Allocated.Scalar("cpus"));
    }

    private void AssertUnreachable(StreamId stream, Offer offer, TaskState state)
    {
        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal((state, Reason.AgentRemoved), (status.State, status.Reason));
        var entry = Assert.IsType<AgentEntry>(_master.Registry["agents/master1-S0"]);
        Assert.Equal(State.Unreachable, entry.State);
        Assert.Equal(entry.SinceNanoseconds, status.UnreachableTime.Nanoseconds);
        Assert.Equal(offer.AgentId, Assert.Single(_master.Events(stream), static e => e.Type == EventType.Failure).Failure.AgentId);
        Assert.Empty(_master.View.Agents);
        Assert.Empty(_master.View.Frameworks[0].Tasks);
        Assert.True(_master.View.Frameworks[0].Allocated.IsEmpty);
        Assert.DoesNotContain(_master.Published(), static e => e.AgentRemoved is not null);
    }

    private static Protocol.V1.Task TaskOf(Offer offer, string id) => Acts.Task(offer.FrameworkId, offer.AgentId, id, TaskState.TaskRunning);

    private (StreamId Stream, LinkId Link, Offer Offer) Running(params Capability[] can) => Running(true, can);

    private (StreamId Stream, LinkId Link, Offer Offer) Running(bool checkpoint, params Capability[] can)
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: 3600, checkpoint: checkpoint, can: can));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        _master.Settle();
        return (stream, link, offer);
    }
}
