using Tepui.Protocol.Link;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Tepui.Testing;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Master.Core.Tests.Agents;

public sealed class RegistrationTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void Register_New_IsWrittenBeforeItIsAdmitted()
    {
        var link = _master.Link(An.Arrival());

        var persist = _master.Effects.FindIndex(static effect => effect is MasterEffect.Persist { Key: "agents/master1-S0", Entry: AgentEntry { State: AgentEntry.Types.State.Admitted } });
        var admit = _master.Effects.FindIndex(static effect => effect is MasterEffect.ToAgent);
        Assert.InRange(persist, 0, admit - 1);
        var registered = Assert.Single(_master.Frames(link)).Registered;
        Assert.Equal("master1-S0", registered.AgentId.Value);
        Assert.Equal("master1", registered.MasterInfo.Id);
        Assert.Equal(75, registered.PingTimeoutSeconds);
        var view = Assert.Single(_master.View.Agents);
        Assert.True(view.Active && view.Connected);
        Assert.Null(view.Reregistered);
        Assert.Equal(8000, view.Total.Scalar("cpus"));
        var added = Assert.Single(_master.Published()).AgentAdded.Agent;
        Assert.Equal("slave(1)@10.0.0.1:5051", added.Pid);
        Assert.Equal("0.1.0", added.Version);
#pragma warning disable CS0612
        Assert.All(added.TotalResources, static resource => Assert.Equal("*", resource.Role));
        Assert.All(added.AgentInfo.Resources, static resource => Assert.False(resource.HasRole));
#pragma warning restore CS0612
    }

    [Fact]
    public void Register_InvalidResources_IsRefusedSayingWhich()
    {
        var link = _master.Link(An.Arrival(An.Agent(cpus: -1)));

        Assert.Equal("Resource 'cpus:-1' is invalid: Invalid scalar resource: value <= 0", Assert.Single(_master.Frames(link)).Shutdown.Message);
        Assert.True(_master.IsClosed(link));
        Assert.Empty(_master.View.Agents);
        Assert.Empty(_master.Registry);
    }

    [Fact]
    public void Frame_BeforeRegistration_IsDropped()
    {
        var link = _master.Link(new AgentFrame { Pong = new() });
        _master.Send(link, new AgentFrame());
        _master.Send(link, new AgentFrame { Unregister = new() });

        Assert.Empty(_master.Effects);
        Assert.Equal(3, _master.View.Counters["master/dropped_messages"]);
    }

    [Fact]
    public void Frame_WithoutWhatItMustHave_IsDropped()
    {
        var link = _master.Link(An.Arrival());
        _master.Forget();

        _master.Send(link, new AgentFrame { StatusUpdate = new() });
        _master.Send(link, new AgentFrame { ExecutorExited = new() });
        _master.Send(link, new AgentFrame { ExecutorMessage = new() });
        _master.Send(link, An.Arrival());

        Assert.Empty(_master.Effects);
        Assert.Equal(4, _master.View.Counters["master/dropped_messages"]);
    }

    [Fact]
    public void Register_FromThePlaceOfADisconnectedAgent_DisplacesIt()
    {
        var (stream, link, offer) = Running();
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Forget();

        _master.Link(An.Arrival());

        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal(TaskState.TaskLost, status.State);
        Assert.Equal(TaskStatus.Types.Reason.AgentRemoved, status.Reason);
        Assert.Equal("Agent host1 removed: a new agent registered at the same address", status.Message);
        Assert.Equal(offer.AgentId, Assert.Single(_master.Events(stream), static e => e.Type == EventType.Failure).Failure.AgentId);
        Assert.Equal("master1-S1", Assert.Single(_master.View.Agents).Info.Id.Value);
        Assert.False(_master.Registry.ContainsKey("agents/master1-S0"));
        Assert.Equal(1, _master.View.Counters["master/slave_removals/reason_registered"]);
    }

    [Fact]
    public void Register_FromThePlaceOfAConnectedAgent_DisplacesItOnceItIsDisconnected()
    {
        var (_, link, _) = Running();
        _master.Link(An.Arrival());
        Assert.Equal(2, _master.View.Agents.Length);

        _master.Step(new MasterInput.LinkClosed(link));

        Assert.Equal("master1-S1", Assert.Single(_master.View.Agents).Info.Id.Value);
    }

    [Fact]
    public void LinkClosed_OfTheNewerOfTwoAtOnePlace_DisplacesNeither()
    {
        _master.Link(An.Arrival());
        var newer = _master.Link(An.Arrival());

        _master.Step(new MasterInput.LinkClosed(newer));

        Assert.Equal(["master1-S0", "master1-S1"], _master.View.Agents.Select(static agent => agent.Info.Id.Value).Order());
    }

    [Fact]
    public void Unregister_EndsTasksOffersAndTheAgentInThatOrder()
    {
        var (stream, link, offer) = Running();
        _master.Settle();
        _master.Forget();

        _master.Send(link, new AgentFrame { Unregister = new() });

        Assert.Equal([EventType.Update, EventType.Rescind, EventType.Failure], _master.Events(stream).Select(static e => e.Type));
        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal("Agent host1 removed: the agent unregistered", status.Message);
        Assert.Equal((TaskState.TaskLost, TaskStatus.Types.Reason.AgentRemoved), (status.State, status.Reason));
        Assert.False(status.HasUuid);
        Assert.Equal(offer.AgentId, Assert.Single(_master.Published(), static e => e.AgentRemoved is not null).AgentRemoved.AgentId);
        Assert.False(_master.Registry.ContainsKey("agents/master1-S0"));
        Assert.True(_master.IsClosed(link));
        Assert.Equal(TaskState.TaskLost, Assert.Single(_master.View.Frameworks[0].CompletedTasks).Task.State);
        Assert.Equal(1, _master.View.Counters["master/task_lost/source_master/reason_slave_removed"]);
    }

    private (StreamId Stream, LinkId Link, Offer Offer) Running()
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        return (stream, link, offer);
    }
}
