using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Tests.Agents;

public sealed class MarkGoneTests
{
    private static readonly AgentId S0 = new("master1-S0");

    private readonly MasterHarness _master = new();

    [Theory]
    [InlineData(true, TaskState.TaskGoneByOperator, Reason.AgentRemovedByOperator)]
    [InlineData(false, TaskState.TaskLost, Reason.AgentRemoved)]
    public void MarkGone_Registered_EndsItsTasksAndTheAgent(bool partitionAware, TaskState state, Reason reason)
    {
        var (stream, link, _) = Running(partitionAware);
        _master.Forget();

        Assert.Equal((200, ""), Mark(S0));

        var status = Assert.Single(_master.Updates(stream));
        Assert.Equal((state, reason, "Agent has been marked gone"), (status.State, status.Reason, status.Message));
        Assert.Equal(S0.Value, Assert.Single(_master.Events(stream), static e => e.Type == EventType.Failure).Failure.AgentId.Value);
        Assert.Equal("Agent has been marked gone", Assert.Single(_master.Frames(link)).Shutdown.Message);
        Assert.True(_master.IsClosed(link));
        Assert.Equal(AgentEntry.Types.State.Gone, ((AgentEntry)_master.Registry["agents/master1-S0"]).State);
        Assert.Empty(_master.View.Agents);
        Assert.Equal(state, Assert.Single(_master.View.Frameworks[0].CompletedTasks).Task.State);
        Assert.DoesNotContain(_master.Published(), static e => e.AgentRemoved is not null);
        Assert.Equal((200, ""), Mark(S0));
    }

    [Fact]
    public void MarkGone_Unknown_IsNotFound() => Assert.Equal((404, "Agent not found"), Mark(new("nope")));

    [Fact]
    public void MarkGone_Unreachable_EndsTheTasksSetAside()
    {
        var (stream, link, _) = Running(partitionAware: true);
        _master.Step(new MasterInput.LinkClosed(link));
        _master.Advance(TimeSpan.FromMinutes(11));
        _master.Forget();

        Assert.Equal((200, ""), Mark(S0));

        Assert.Equal(TaskState.TaskGoneByOperator, Assert.Single(_master.Updates(stream)).State);
        Assert.Empty(_master.View.Frameworks[0].UnreachableTasks);
        Assert.Equal(0, _master.View.UnreachableAgents);
        Assert.Equal(1, _master.View.Counters["master/tasks_gone_by_operator"]);
    }

    [Fact]
    public void MarkGone_ExpectedBack_IsRefusedWhenItComes()
    {
        Running(partitionAware: true);
        _master.Restart();

        Assert.Equal((200, ""), Mark(S0));
        var link = _master.Link(An.Return(_master.AgentInfo(new() { Value = S0.Value })));

        Assert.Equal("Agent has been marked gone", Assert.Single(_master.Frames(link)).Shutdown.Message);
        Assert.True(_master.IsClosed(link));
        _master.Restart();
        Assert.Equal((200, ""), Mark(S0));
    }

    private (int Status, string Body) Mark(AgentId agent) => _master.Ask(request => new MasterInput.MarkAgentGone(request, agent));

    private (StreamId Stream, LinkId Link, Offer Offer) Running(bool partitionAware)
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(partitionAware ? A.Framework(failover: 3600, can: Capability.PartitionAware) : A.Framework(failover: 3600));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        return (stream, link, offer);
    }
}
