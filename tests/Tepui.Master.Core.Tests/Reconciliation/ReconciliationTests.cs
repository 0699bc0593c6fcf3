using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Tests.Reconciliation;

/// <summary>
/// Every row of the table of answers. There are five agents: one that runs the task, one that is expected back after a failover,
/// one that is unreachable, one that is gone, and one nobody knows.
/// </summary>
public sealed class ReconciliationTests
{
    private const string Registered = "master1-S0";
    private const string Recovered = "master1-S1";
    private const string Unreachable = "master1-S2";
    private const string Gone = "master1-S3";

    private readonly MasterHarness _master = new();
    private StreamId _stream;
    private FrameworkID _framework = new();

    [Theory]
    [InlineData(true, Registered, TaskState.TaskGone, "Reconciliation: Task is unknown to the agent")]
    [InlineData(false, Registered, TaskState.TaskLost, "Reconciliation: Task is unknown to the agent")]
    [InlineData(true, Unreachable, TaskState.TaskUnreachable, "Reconciliation: Task is unreachable")]
    [InlineData(false, Unreachable, TaskState.TaskLost, "Reconciliation: Task is unreachable")]
    [InlineData(true, Gone, TaskState.TaskGoneByOperator, "Reconciliation: Task is gone")]
    [InlineData(false, Gone, TaskState.TaskLost, "Reconciliation: Task is gone")]
    [InlineData(true, "who-S9", TaskState.TaskUnknown, "Reconciliation: Task is unknown")]
    [InlineData(false, "who-S9", TaskState.TaskLost, "Reconciliation: Task is unknown")]
    public void Explicit_UnknownTask_DependsOnItsAgent(bool partitionAware, string agent, TaskState state, string message)
    {
        Prepare(partitionAware);

        _master.Reconcile(_stream, _framework, ("who", agent));

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal((state, message, Reason.Reconciliation, TaskStatus.Types.Source.Master), (status.State, status.Message, status.Reason, status.Source));
        Assert.Equal(agent, status.AgentId.Value);
        Assert.False(status.HasUuid);
        Assert.Null(status.ExecutorId);
        Assert.Equal(agent == Unreachable, status.UnreachableTime is not null);
    }

    [Theory]
    [InlineData(Recovered)]
    [InlineData(null)]
    public void Explicit_WhileAgentsMayComeBack_IsNotAnswered(string? agent)
    {
        Prepare(partitionAware: true);

        _master.Reconcile(_stream, _framework, ("who", agent));

        Assert.Empty(_master.Events(_stream));
    }

    [Theory]
    [InlineData(true, TaskState.TaskUnknown)]
    [InlineData(false, TaskState.TaskLost)]
    public void Explicit_NoAgentGivenAndNoneExpected_IsUnknown(bool partitionAware, TaskState state)
    {
        Prepare(partitionAware);
        _master.Advance(TimeSpan.FromMinutes(11));
        _master.Forget();

        _master.Reconcile(_stream, _framework, ("who", null));

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal((state, "Reconciliation: Task is unknown"), (status.State, status.Message));
        Assert.Null(status.AgentId);
    }

    [Fact]
    public void Explicit_KnownTask_GetsTheLastForwardedStateWhateverAgentIsNamed()
    {
        var link = Prepare(partitionAware: false);
        var update = Acts.Update(_framework, new() { Value = "t1" }, new() { Value = Registered }, TaskState.TaskRunning, latest: TaskState.TaskFinished);
        update.StatusUpdate.Status.Healthy = false;
        update.StatusUpdate.Status.ContainerStatus = new() { ExecutorPid = 7 };
        update.StatusUpdate.Status.CheckStatus = new() { Type = CheckInfo.Types.Type.Tcp, Tcp = new() { Succeeded = true } };
        update.StatusUpdate.Status.ExecutorId = new() { Value = "t1" };
        _master.Send(link, update);
        _master.Forget();

        _master.Reconcile(_stream, _framework, ("t1", "who-S9"));

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal((TaskState.TaskRunning, "Reconciliation: Latest task state"), (status.State, status.Message));
        Assert.Equal(Registered, status.AgentId.Value);
        Assert.False(status.Healthy);
        Assert.Equal(7u, status.ContainerStatus.ExecutorPid);
        Assert.True(status.CheckStatus.Tcp.Succeeded);
        Assert.Null(status.ExecutorId);
        Assert.False(status.HasUuid);
    }

    [Fact]
    public void Implicit_AnswersForEveryTaskNotDoneWith()
    {
        var link = Prepare(partitionAware: true);
        _master.Send(link, Acts.Update(_framework, new() { Value = "t1" }, new() { Value = Registered }, TaskState.TaskFinished));
        _master.Settle();
        _master.Accept(_stream, [_master.OpenOffer()], A.Launch(A.Task("t2", new() { Value = Registered })));
        _master.Forget();

        _master.Reconcile(_stream, _framework);

        Assert.Equal([("t1", TaskState.TaskFinished), ("t2", TaskState.TaskStaging)], _master.Updates(_stream).Select(static s => (s.TaskId.Value, s.State)));
        _master.Acknowledge(_stream, _framework, new() { TaskId = new() { Value = "t1" }, AgentId = new() { Value = Registered }, Uuid = Acts.Uuid(1) });
        _master.Forget();
        _master.Reconcile(_stream, _framework);
        Assert.Equal("t2", Assert.Single(_master.Updates(_stream)).TaskId.Value);
    }

    [Theory]
    [InlineData(Registered, OperationState.OperationUnknown, "Reconciliation: Operation is unknown")]
    [InlineData(Recovered, OperationState.OperationRecovering, null)]
    [InlineData(Unreachable, OperationState.OperationUnreachable, null)]
    [InlineData(Gone, OperationState.OperationGoneByOperator, null)]
    [InlineData("who-S9", OperationState.OperationUnknown, "Reconciliation: Operation is unknown")]
    [InlineData(null, OperationState.OperationUnknown, "Reconciliation: Operation is unknown and no 'agent_id' was provided")]
    public void Operation_DependsOnItsAgent(string? agent, OperationState state, string? message)
    {
        Prepare(partitionAware: true);

        Assert.Equal((202, ""), _master.Make(_stream, new Call
        {
            Type = Call.Types.Type.ReconcileOperations,
            FrameworkId = _framework,
            ReconcileOperations = new()
            {
                Operations =
                {
                    new Call.Types.ReconcileOperations.Types.Operation { OperationId = new() { Value = "o" }, AgentId = agent is null ? null : new() { Value = agent } },
                },
            },
        }));

        var status = Assert.Single(_master.Events(_stream)).UpdateOperationStatus.Status;
        Assert.Equal((state, "o", agent), (status.State, status.OperationId.Value, status.AgentId?.Value));
        Assert.Null(status.Uuid);
        Assert.Equal(message ?? status.Message, status.Message);
    }

    private LinkId Prepare(bool partitionAware)
    {
        var links = Enumerable.Range(0, 4).Select(i => _master.Link(An.Arrival(An.Agent($"host{i}"), $"10.0.0.{i + 1}"))).ToArray();
        _master.Step(new MasterInput.LinkClosed(links[2]));
        _master.Advance(TimeSpan.FromMinutes(10));
        _master.Ask(static request => new MasterInput.MarkAgentGone(request, new AgentId(Gone)));
        _master.Restart();

        var info = An.Agent("host0");
        info.Id = new() { Value = Registered };
        var link = _master.Link(An.Return(info));
        _stream = _master.Subscribe(partitionAware ? A.Framework(failover: 3600, can: Capability.PartitionAware) : A.Framework(failover: 3600));
        _master.Settle();
        var offer = _master.OpenOffer();
        _framework = offer.FrameworkId;
        _master.Accept(_stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        _master.Forget();
        return link;
    }
}
