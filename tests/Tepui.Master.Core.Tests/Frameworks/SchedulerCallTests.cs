using Google.Protobuf;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Master.Core.Tests.Frameworks;

/// <summary>Who may call, in the order the checks are made, and what a call must have.</summary>
public sealed class SchedulerCallTests
{
    private readonly MasterHarness _master = new();
    private readonly StreamId _stream;
    private readonly string _id;

    public SchedulerCallTests()
    {
        _stream = _master.Subscribe(A.Framework(failover: 60), principal: "me");
        _id = _master.FrameworkOf(_stream).Value;
    }

    [Fact]
    public void Call_ChecksOneAfterTheOther_SaysTheFirstThatFails()
    {
        var call = Of(Kind.Revive);
        Assert.Equal((202, ""), _master.Make(_stream, call));
        Assert.Equal((202, ""), _master.Make(_stream, call, "me"));

        Assert.Equal((400, "Failed to validate scheduler::Call: Expecting 'type' to be present"), _master.Make(_stream, new Call()));
        Assert.Equal((501, "501 Not Implemented."), _master.Make(_stream, Of(Kind.Unknown)));
        Assert.Equal((400, "Failed to validate scheduler::Call: Expecting 'framework_id' to be present"), _master.Make(_stream, new Call { Type = Kind.Revive }));
        Assert.Equal((400, "Framework cannot be found"), _master.Make(null, Of(Kind.Revive, "nope"), "you"));
        Assert.Equal((400, "Authenticated principal 'you' does not match principal 'me' set in `FrameworkInfo`"), _master.Make(null, call, "you"));
        Assert.Equal((400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header"), _master.Make(null, call));
        Assert.Equal(
            (400, $"The stream ID 'x' included in this request didn't match the stream ID currently associated with framework ID {_id}"),
            _master.Make(new StreamId("x"), call));

        _master.Step(new MasterInput.StreamClosed(_stream));
        Assert.Equal((403, "Framework is not subscribed"), _master.Make(null, call));
    }

    [Theory]
    [InlineData(Kind.Accept, "accept")]
    [InlineData(Kind.Decline, "decline")]
    [InlineData(Kind.AcceptInverseOffers, "accept_inverse_offers")]
    [InlineData(Kind.DeclineInverseOffers, "decline_inverse_offers")]
    [InlineData(Kind.Kill, "kill")]
    [InlineData(Kind.Shutdown, "shutdown")]
    [InlineData(Kind.Acknowledge, "acknowledge")]
    [InlineData(Kind.AcknowledgeOperationStatus, "acknowledge_operation_status")]
    [InlineData(Kind.Reconcile, "reconcile")]
    [InlineData(Kind.ReconcileOperations, "reconcile_operations")]
    [InlineData(Kind.Message, "message")]
    [InlineData(Kind.Request, "request")]
    [InlineData(Kind.UpdateFramework, "update_framework")]
    public void Call_WithoutItsMember_IsRefusedNamingIt(Kind kind, string member) =>
        Assert.Equal((400, $"Failed to validate scheduler::Call: Expecting '{member}' to be present"), _master.Make(_stream, Of(kind)));

    [Fact]
    public void Acknowledge_BadUuid_IsRefused()
    {
        var call = Of(Kind.Acknowledge);
        call.Acknowledge = new() { AgentId = new() { Value = "a" }, TaskId = new() { Value = "t" }, Uuid = ByteString.CopyFrom(new byte[16]) };
        Assert.Equal((400, "Failed to validate scheduler::Call: Not a valid UUID"), _master.Make(_stream, call));

        call.Acknowledge.Uuid = ByteString.CopyFromUtf8("short");
        Assert.Equal((400, "Failed to validate scheduler::Call: Not a valid UUID"), _master.Make(_stream, call));

        call.Acknowledge.Uuid = Acts.Uuid(1);
        Assert.Equal((202, ""), _master.Make(_stream, call));
    }

    [Fact]
    public void AcknowledgeOperationStatus_NeedsAnAgentAndIsIgnored()
    {
        var call = Of(Kind.AcknowledgeOperationStatus);
        call.AcknowledgeOperationStatus = new() { OperationId = new() { Value = "o" }, Uuid = Acts.Uuid(1) };
        Assert.Equal((400, "Failed to validate scheduler::Call: Expecting 'agent_id' to be present"), _master.Make(_stream, call));

        call.AcknowledgeOperationStatus.AgentId = new() { Value = "a" };
        Assert.Equal((202, ""), _master.Make(_stream, call));
    }

    [Fact]
    public void Calls_AboutNothingKnown_AreAcceptedAndIgnored()
    {
        _master.Forget();
        Call[] calls =
        [
            new() { Type = Kind.Decline, Decline = new() { OfferIds = { new Protocol.V1.OfferID { Value = "nope" } } } },
            new() { Type = Kind.AcceptInverseOffers, AcceptInverseOffers = new() { InverseOfferIds = { new Protocol.V1.OfferID { Value = "nope" } } } },
            new() { Type = Kind.DeclineInverseOffers, DeclineInverseOffers = new() },
            new() { Type = Kind.Shutdown, Shutdown = new() { AgentId = new() { Value = "nope" }, ExecutorId = new() { Value = "e" } } },
            new() { Type = Kind.Message, Message = new() { AgentId = new() { Value = "nope" }, ExecutorId = new() { Value = "e" }, Data = ByteString.Empty } },
            new() { Type = Kind.Request, Request = new() },
            new() { Type = Kind.Revive, Revive = new() { Roles = { "a//b" } } },
            new() { Type = Kind.Suppress, Suppress = new() { Roles = { "nope" } } },
            new() { Type = Kind.Reconcile, Reconcile = new() },
            new() { Type = Kind.ReconcileOperations, ReconcileOperations = new() },
        ];

        foreach (var call in calls)
        {
            call.FrameworkId = new() { Value = _id };
            Assert.Equal((202, ""), _master.Make(_stream, call));
        }

        Assert.Empty(_master.Events(_stream));
        Assert.Equal(1, _master.View.Counters["master/messages_resource_request"]);
        Assert.Equal(1, _master.View.Counters["master/invalid_framework_to_executor_messages"]);
        Assert.Equal(1, _master.View.Counters[$"master/frameworks/test/{_id}/calls/decline"]);
    }

    [Fact]
    public void Subscribe_AsAnOrdinaryCall_IsRefused() =>
        Assert.Equal(400, _master.Make(_stream, Of(Kind.Subscribe)).Status);

    private Call Of(Kind kind, string? framework = null) => new() { Type = kind, FrameworkId = new() { Value = framework ?? _id } };
}
