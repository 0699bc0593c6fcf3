using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Master.Core.Tests.Registry;

/// <summary>A master dies and another begins with its registry.</summary>
public sealed class RecoveryTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void Restart_EverybodyComesBack_NothingIsLostOrToldTwice()
    {
        var offer = Running();
        _master.Restart();
        var recovered = _master.View;
        Assert.Equal(offer.AgentId, Assert.Single(recovered.RecoveredAgents).Id);
        Assert.Empty(recovered.Agents);
        Assert.True(Assert.Single(recovered.Frameworks).Recovered);
        Assert.False(recovered.Frameworks[0].Active || recovered.Frameworks[0].Connected);

        var link = _master.Link(Back(offer));
        var stream = _master.Subscribe(A.Framework(id: offer.FrameworkId.Value, failover: 60));
        _master.Settle();

        Assert.Equal([EventType.Subscribed, EventType.Heartbeat, EventType.Offers], _master.Events(stream).Select(static e => e.Type));
        Assert.Equal("master2-O0", _master.Offers(stream)[0].Id.Value);
        Assert.Equal(7.9, _master.Offers(stream)[0].Resources.Single(static r => r.Name == "cpus").Scalar.Value);
        Assert.False(_master.View.Frameworks[0].Recovered);
        Assert.Equal(TaskState.TaskRunning, Assert.Single(_master.View.Frameworks[0].Tasks).Task.State);
        Assert.Equal(2UL, _master.Frames(link)[0].Epoch);
        Assert.NotNull(_master.Frames(link)[0].Reregistered);
        Assert.Single(_master.Frames(link), static frame => frame.UpdateFramework is not null);
        Assert.Empty(_master.View.RecoveredAgents);
        Assert.DoesNotContain(_master.Effects, static effect => effect is MasterEffect.Persist { Key: "agents/master1-S0" });

        _master.Send(link, Acts.Update(offer.FrameworkId, new() { Value = "t1" }, offer.AgentId, TaskState.TaskFinished));
        Assert.Equal(TaskState.TaskFinished, Assert.Single(_master.Updates(stream)).State);
        _master.Acknowledge(stream, offer.FrameworkId, _master.Updates(stream)[0]);
        Assert.Empty(_master.View.Frameworks[0].Tasks);
    }

    [Fact]
    public void Restart_FrameworkFirst_GetsItsTasksWithTheAgent()
    {
        var offer = Running();
        _master.Restart();

        var stream = _master.Subscribe(A.Framework(id: offer.FrameworkId.Value, failover: 60));
        _master.Reconcile(stream, offer.FrameworkId, ("t1", offer.AgentId.Value), ("t1", null));
        Assert.Empty(_master.Updates(stream));

        _master.Link(Back(offer));
        Assert.Empty(_master.Updates(stream));
        _master.Reconcile(stream, offer.FrameworkId, ("t1", offer.AgentId.Value));
        Assert.Equal(TaskState.TaskRunning, Assert.Single(_master.Updates(stream)).State);
    }

    [Fact]
    public void Restart_AgentsThatStayAway_AreUnreachableAfterTheTimeout()
    {
        var offer = Running();
        _master.Restart();
        var stream = _master.Subscribe(A.Framework(id: offer.FrameworkId.Value, failover: 60, can: Capability.PartitionAware));

        _master.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(AgentEntry.Types.State.Unreachable, ((AgentEntry)_master.Registry["agents/master1-S0"]).State);
        Assert.Equal(offer.AgentId, Assert.Single(_master.Events(stream), static e => e.Type == EventType.Failure).Failure.AgentId);
        Assert.Equal(1, _master.View.UnreachableAgents);
        Assert.Equal(1, _master.View.Counters["master/recovery_slave_removals"]);
        _master.Reconcile(stream, offer.FrameworkId, ("t1", offer.AgentId.Value));
        Assert.Equal(TaskState.TaskUnreachable, Assert.Single(_master.Updates(stream)).State);

        _master.Link(Back(offer));
        Assert.Equal(TaskStatus.Types.Reason.AgentReregistered, _master.Updates(stream)[1].Reason);
    }

    [Fact]
    public void Restart_FrameworkKnownToTheAgentAlone_IsRecoveredFromIt()
    {
        var offer = Running();
        _master.Registry.Remove($"frameworks/{offer.FrameworkId.Value}");
        _master.Restart();
        Assert.Empty(_master.View.Frameworks);

        var back = Back(offer);
        _master.Link(back);

        var framework = Assert.Single(_master.View.Frameworks);
        Assert.True(framework.Recovered);
        Assert.Single(framework.Tasks);
        Assert.Single(_master.Published(), static e => e.FrameworkAdded is not null);
    }

    [Fact]
    public void Restart_FrameworkThatStaysAway_IsRemovedAndItsTasksEnded()
    {
        var offer = Running();
        _master.Restart();
        var link = _master.Link(Back(offer));

        _master.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(offer.FrameworkId, Assert.Single(_master.Frames(link), static frame => frame.ShutdownFramework is not null).ShutdownFramework.FrameworkId);
        Assert.Empty(_master.View.Frameworks);
        Assert.True(((FrameworkEntry)_master.Registry[$"frameworks/{offer.FrameworkId.Value}"]).Removed);
    }

    [Fact]
    public void Restart_AgentWithoutItsMemory_DisplacesTheOneExpected()
    {
        var offer = Running();
        _master.Restart();
        var stream = _master.Subscribe(A.Framework(id: offer.FrameworkId.Value, failover: 60));

        _master.Link(An.Arrival());

        Assert.Empty(_master.View.RecoveredAgents);
        Assert.False(_master.Registry.ContainsKey("agents/master1-S0"));
        Assert.Equal(offer.AgentId, Assert.Single(_master.Events(stream), static e => e.Type == EventType.Failure).Failure.AgentId);
        _master.Reconcile(stream, offer.FrameworkId, ("t1", null));
        Assert.Equal(TaskState.TaskLost, Assert.Single(_master.Updates(stream)).State);
    }

    [Fact]
    public void Restart_IdsAreNew()
    {
        Running();
        _master.Restart();
        var stream = _master.Subscribe(A.Framework());
        _master.Link(An.Arrival(An.Agent("other"), "10.0.0.7"));

        Assert.Equal("master2-0000", _master.FrameworkOf(stream).Value);
        Assert.Equal("master2-S0", _master.View.Agents[0].Info.Id.Value);
    }

    [Fact]
    public void Retention_AgentsUnreachableForTwoWeeks_AreForgotten()
    {
        var link = _master.Link(An.Arrival());
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromMinutes(11));
        _master.Advance(TimeSpan.FromDays(13));
        Assert.True(_master.Registry.ContainsKey("agents/master1-S0"));

        _master.Advance(TimeSpan.FromDays(2));

        Assert.False(_master.Registry.ContainsKey("agents/master1-S0"));
        Assert.Equal(0, _master.View.UnreachableAgents);
        Assert.Null(_master.Core.NextDeadline);
    }

    [Fact]
    public void Weights_AreSetAllOrNoneAndKept()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(role: "web"));
        _master.Settle();
        Assert.Equal(
            (400, "Failed to validate update weights request JSON for role 'r': Invalid weight '0': Weights must be positive"),
            Set(("web", 2), ("r", 0)));
        Assert.Equal((400, "Failed to validate update weights request JSON for role 'a//b': Invalid role 'a//b': Role 'a//b' cannot contain two adjacent slashes"), Set(("a//b", 1)));
        Assert.DoesNotContain(_master.View.Roles, static role => role.WeightIsSet);
        _master.Forget();

        Assert.Equal((200, ""), Set(("web", 2), ("a/b", 3)));

        Assert.Equal(EventType.Rescind, Assert.Single(_master.Events(stream)).Type);
        _master.Restart();
        Assert.Equal(
            [("a", 1.0, false), ("a/b", 3.0, true), ("web", 2.0, true)],
            _master.View.Roles.Select(static role => (role.Name, role.Weight, role.WeightIsSet)));
    }

    [Fact]
    public void Weights_OfTheOptions_CountUntilAnOperatorSetsAny()
    {
        var master = new MasterHarness(static options => options with { Weights = new Dictionary<string, double> { ["x"] = 5 } });
        Assert.Equal(("x", 5.0), master.View.Roles.Select(static role => (role.Name, role.Weight)).Single());
        master.Link(An.Arrival());
        master.Restart();
        Assert.Equal(("x", 5.0), master.View.Roles.Select(static role => (role.Name, role.Weight)).Single());

        master.Ask(static request => new MasterInput.UpdateWeights(request, [new WeightInfo { Role = "y", Weight = 2 }]));
        master.Restart();
        Assert.Equal(("y", 2.0), master.View.Roles.Select(static role => (role.Name, role.Weight)).Single());
    }

    private (int Status, string Body) Set(params (string Role, double Weight)[] weights) => _master.Ask(request => new MasterInput.UpdateWeights(
        request,
        [.. weights.Select(static weight => new WeightInfo { Role = weight.Role, Weight = weight.Weight })]));

    private Protocol.Link.AgentFrame.Types.Reregister Back(Offer offer)
    {
        var back = An.Return(_master.AgentInfo(offer.AgentId));
        back.Tasks.Add(Acts.Task(offer.FrameworkId, offer.AgentId, "t1", TaskState.TaskRunning));
        back.Frameworks.Add(A.Framework(id: offer.FrameworkId.Value, failover: 60));
        return back;
    }

    private Offer Running()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        Assert.Equal(FrameworkId.From(offer.FrameworkId), _master.FrameworkOf(stream));
        return offer;
    }
}
