using Tepui.Protocol.Json;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Master.Core.Tests.Offers;

/// <summary>What offers look like, and when they come and go.</summary>
public sealed class OfferTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void Offer_ToAFrameworkOfOneRole_HasNoAllocationAndOldRoles()
    {
        var info = An.Agent();
        info.Attributes.Add(new Protocol.V1.Attribute { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = "r1" } });
        _master.Link(An.Arrival(info));
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();

        Assert.Equal(
            """
            {"id":{"value":"master1-O0"},"framework_id":{"value":"master1-0000"},"agent_id":{"value":"master1-S0"},"hostname":"host1",
            "url":{"scheme":"http","address":{"hostname":"host1","ip":"10.0.0.1","port":5051},"path":"/slave(1)"},
            "resources":[{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":31000,"end":32000}]},"role":"*"},
            {"name":"cpus","type":"SCALAR","scalar":{"value":8.0},"role":"*"},{"name":"mem","type":"SCALAR","scalar":{"value":8192.0},"role":"*"},
            {"name":"disk","type":"SCALAR","scalar":{"value":20000.0},"role":"*"}],
            "attributes":[{"name":"rack","type":"TEXT","text":{"value":"r1"}}]}
            """.ReplaceLineEndings(""),
            JsonCodec.ToText(Assert.Single(_master.Offers(stream))));
    }

    [Fact]
    public void Offer_ToAFrameworkOfManyRoles_HasItsAllocation()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(roles: ["mr"]));
        _master.Settle();

        var offer = Assert.Single(_master.Offers(stream));
        Assert.Equal("mr", offer.AllocationInfo.Role);
        Assert.All(offer.Resources, static resource => Assert.Equal("mr", resource.AllocationInfo.Role));
    }

    [Fact]
    public void Offer_OfReservedResources_HasTheFormTheFrameworkKnows()
    {
        var info = An.Agent();
        info.Resources.Clear();
        var reserved = A.Scalar("cpus", 4);
        reserved.Reservations.Add(new Resource.Types.ReservationInfo { Type = Resource.Types.ReservationInfo.Types.Type.Static, Role = "ops" });
        info.Resources.Add(reserved);
        _master.Link(An.Arrival(info));
        var old = _master.Subscribe(A.Framework(role: "ops"));
        _master.Settle();
        var shown = Assert.Single(_master.Offers(old)[0].Resources);
#pragma warning disable CS0612
        Assert.Equal("ops", shown.Role);
#pragma warning restore CS0612
        Assert.Empty(shown.Reservations);
        _master.Step(new MasterInput.StreamClosed(old));

        var refined = _master.Subscribe(A.Framework(roles: ["ops"], can: Capability.ReservationRefinement));
        _master.Settle();
        Assert.Equal("ops", Assert.Single(Assert.Single(_master.Offers(refined)[0].Resources).Reservations).Role);
    }

    [Fact]
    public void Offers_OfManyAgents_ComeInOneEvent()
    {
        _master.Link(An.Arrival(An.Agent("host1")));
        _master.Link(An.Arrival(An.Agent("host2"), "10.0.0.2"));
        _master.Settle();
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();

        Assert.Equal(2, Assert.Single(_master.Events(stream), static e => e.Type == EventType.Offers).Offers.Offers_.Count);
        Assert.Equal(2, _master.View.Frameworks[0].Offers.Length);
    }

    [Fact]
    public void Offer_WithExecutorsRunning_NamesThem()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.TaskUnder(A.Executor("e1"), "t1", offer.AgentId)));
        _master.Settle();

        Assert.Equal("e1", Assert.Single(_master.Offers(stream)[1].ExecutorIds).Value);
    }

    [Fact]
    public void Offer_Unanswered_IsRescindedAfterTheTimeoutAndMadeAgain()
    {
        var master = new MasterHarness(static options => options with { OfferTimeout = TimeSpan.FromSeconds(30) });
        master.Link(An.Arrival());
        var stream = master.Subscribe(A.Framework());
        master.Settle();
        var offer = master.Offers(stream)[0];
        master.Forget();

        master.Advance(TimeSpan.FromSeconds(29));
        Assert.DoesNotContain(master.Events(stream), static e => e.Type == EventType.Rescind);

        master.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(offer.Id, Assert.Single(master.Events(stream), static e => e.Type == EventType.Rescind).Rescind.OfferId);
        master.Settle();
        Assert.Single(master.Offers(stream));
        Assert.Equal(1, master.View.Counters[$"master/frameworks/test/{offer.FrameworkId.Value}/offers/rescinded"]);
    }

    [Fact]
    public void Decline_HoldsTheAgentBackFiveSecondsUnlessTold()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();

        _master.Decline(stream, _master.Offers(stream)[0]);
        _master.Advance(TimeSpan.FromSeconds(4.8));
        Assert.Single(_master.Offers(stream));
        _master.Advance(TimeSpan.FromSeconds(0.4));
        Assert.Equal(2, _master.Offers(stream).Count);

        _master.Decline(stream, _master.Offers(stream)[1], seconds: 60);
        _master.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(2, _master.Offers(stream).Count);
        _master.Advance(TimeSpan.FromSeconds(1.2));
        Assert.Equal(3, _master.Offers(stream).Count);

        _master.Decline(stream, _master.Offers(stream)[2], seconds: 0);
        _master.Settle();
        Assert.Equal(4, _master.Offers(stream).Count);
        Assert.Equal(3, _master.View.Counters["master/messages_decline_offers"]);
    }

    [Fact]
    public void Revive_AfterDeclineAndSuppress_BringsOffersAtOnce()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Decline(stream, offer, seconds: 3600);
        _master.Make(stream, new Call { Type = Call.Types.Type.Suppress, FrameworkId = offer.FrameworkId });
        _master.Advance(TimeSpan.FromHours(2));
        Assert.Single(_master.Offers(stream));

        _master.Make(stream, new Call { Type = Call.Types.Type.Revive, FrameworkId = offer.FrameworkId });
        _master.Settle();

        Assert.Equal(2, _master.Offers(stream).Count);
        Assert.Empty(_master.View.Frameworks[0].SuppressedRoles);
    }

    [Fact]
    public void Suppress_OneRole_LeavesTheOther()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(roles: ["a", "b"]));
        var id = _master.FrameworkOf(stream).ToWire();
        _master.Make(stream, new Call { Type = Call.Types.Type.Suppress, FrameworkId = id, Suppress = new() { Roles = { "a" } } });
        _master.Settle();

        Assert.Equal("b", Assert.Single(_master.Offers(stream)).AllocationInfo.Role);
        Assert.Equal("a", Assert.Single(_master.View.Frameworks[0].SuppressedRoles));
    }

    [Fact]
    public void Accept_OfTwoOffersOfOneAgent_UsesBoth()
    {
        _master.Link(An.Arrival(An.Agent(cpus: 2)));
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId, cpus: 1), A.Task("t2", offer.AgentId, cpus: 1)));
        _master.Settle();
        var first = _master.Offers(stream)[1];
        var link = _master.View.Agents.Single();
        _master.Send(new LinkId(0), Acts.Update(offer.FrameworkId, new() { Value = "t1" }, offer.AgentId, TaskState.TaskFinished));
        _master.Settle();
        var second = _master.Offers(stream)[2];

        _master.Accept(stream, [first, second], A.Launch(A.Task("t3", offer.AgentId, cpus: 1, mem: 8100)));

        Assert.Contains(_master.Frames(new LinkId(0)), static frame => frame.RunTask?.Task.TaskId.Value == "t3");
        Assert.Empty(_master.View.Frameworks[0].Offers.Where(o => o.Id.Equals(first.Id) || o.Id.Equals(second.Id)));
        Assert.NotNull(link);
    }

    [Fact]
    public void Accept_OffersOfTwoAgentsOrAnotherFramework_IsRefusedAndOwnOffersAreDiscarded()
    {
        _master.Link(An.Arrival(An.Agent("host1")));
        _master.Link(An.Arrival(An.Agent("host2"), "10.0.0.2"));
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        var offers = _master.Offers(stream);
        var other = _master.Subscribe(A.Framework());
        _master.Settle();
        _master.Forget();

        _master.Accept(stream, offers, A.Launch(A.Task("t1", offers[0].AgentId)));
        var status = Assert.Single(_master.Updates(stream));
        Assert.Contains("must belong to one single agent", status.Message, StringComparison.Ordinal);
        Assert.Equal((TaskState.TaskLost, TaskStatus.Types.Reason.InvalidOffers), (status.State, status.Reason));
        Assert.Empty(_master.View.Frameworks[0].Offers);
        _master.Settle();
        var foreign = _master.View.Frameworks.SelectMany(static framework => framework.Offers).First(o => o.FrameworkId.Value != "master1-0001");
        _master.Make(other, new Call
        {
            Type = Call.Types.Type.Accept,
            FrameworkId = new() { Value = "master1-0001" },
            Accept = new() { OfferIds = { foreign.Id }, Operations = { A.Launch(A.Task("t2", foreign.AgentId)) } },
        });
        Assert.Equal(
            $"Task launched with invalid offers: Offer {foreign.Id.Value} has invalid framework master1-0000 while framework master1-0001 is expected",
            Assert.Single(_master.Updates(other)).Message);
        Assert.Contains(_master.View.Frameworks[0].Offers, offer => offer.Id.Equals(foreign.Id));
    }

    [Fact]
    public void Accept_Nothing_IsLikeDecline()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        var offer = _master.Offers(stream)[0];

        _master.Make(stream, new Call { Type = Call.Types.Type.Accept, FrameworkId = offer.FrameworkId, Accept = new() { OfferIds = { offer.Id } } });
        _master.Advance(TimeSpan.FromSeconds(4));
        Assert.Single(_master.Offers(stream));
        _master.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _master.Offers(stream).Count);
    }

    [Fact]
    public void Operation_NotSupported_IsAnsweredIfItHasAnId()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        var reserve = new Offer.Types.Operation
        {
            Type = Offer.Types.Operation.Types.Type.Reserve,
            Id = new() { Value = "o1" },
            Reserve = new() { Resources = { A.Scalar("cpus", 1) } },
        };
        var silent = reserve.Clone();
        silent.Id = null;
        _master.Forget();

        var offer = _master.View.Frameworks[0].Offers[0];
        _master.Accept(stream, [offer], reserve, silent);
        _master.Accept(stream, [offer], reserve, silent);

        var statuses = _master.Events(stream).Where(static e => e.UpdateOperationStatus is not null).Select(static e => e.UpdateOperationStatus.Status).ToArray();
        Assert.Equal(2, statuses.Length);
        Assert.All(statuses, static status => Assert.Equal(OperationState.OperationError, status.State));
        Assert.All(statuses, static status => Assert.Null(status.Uuid));
        Assert.Equal("Operation RESERVE is not supported; supported are LAUNCH and LAUNCH_GROUP", statuses[0].Message);
        Assert.Equal($"Operation attempted with invalid offers: Offer {offer.Id.Value} is no longer valid", statuses[1].Message);
        Assert.Equal("o1", statuses[1].OperationId.Value);
        Assert.Equal(4, _master.View.Counters["master/operations/error"]);
    }
}
