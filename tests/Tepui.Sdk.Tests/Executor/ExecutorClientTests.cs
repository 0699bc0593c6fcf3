using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Executor;
using Tepui.Sdk.Executor;
using Tepui.Sdk.Tests.Fakes;

namespace Tepui.Sdk.Tests.Executor;

public sealed class ExecutorClientTests
{
    [Fact]
    public async Task Update_NotAcknowledged_IsCarriedByTheNextSubscribe()
    {
        await using var agent = await StartAgentAsync();
        await using var client = new ExecutorClient(Options(agent, checkpoint: true));
        var listener = new Listener<ExecutorEvent>(client.RunAsync);
        await listener.NextAsync<ExecutorEvent.Subscribed>();
        agent.Send(new Event { Type = Event.Types.Type.Launch, Launch = new() { Task = NewTask("t-1") } });
        await listener.NextAsync<ExecutorEvent.Launch>();

        client.Update(new("t-1"), TaskState.TaskRunning);
        await Wait.UntilAsync(() => agent.Calls.Count == 1, "the UPDATE");
        agent.EndStream();
        await listener.NextAsync<ExecutorEvent.Subscribed>(1);

        var again = agent.Subscribes.Last().Subscribe;
        Assert.Equal("t-1", Assert.Single(again.UnacknowledgedTasks).TaskId.Value);
        Assert.Equal(agent.Calls.First().Update.Status.Uuid, Assert.Single(again.UnacknowledgedUpdates).Status.Uuid);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Update_Acknowledged_IsForgotten()
    {
        await using var agent = await StartAgentAsync();
        await using var client = new ExecutorClient(Options(agent, checkpoint: true));
        var listener = new Listener<ExecutorEvent>(client.RunAsync);
        await listener.NextAsync<ExecutorEvent.Subscribed>();

        client.Update(new("t-1"), TaskState.TaskFinished, "done");
        await Wait.UntilAsync(() => agent.Calls.Count == 1, "the UPDATE");
        var status = agent.Calls.First().Update.Status;
        agent.Send(new Event { Type = Event.Types.Type.Acknowledged, Acknowledged = new() { TaskId = status.TaskId, Uuid = status.Uuid } });
        await client.WhenAcknowledgedAsync().WaitAsync(Wait.Limit);
        agent.EndStream();
        await listener.NextAsync<ExecutorEvent.Subscribed>(1);

        Assert.Equal(TaskStatus.Types.Source.Executor, status.Source);
        Assert.Equal(16, status.Uuid.Length);
        Assert.Equal(4, status.Uuid[6] >> 4);
        Assert.Empty(agent.Subscribes.Last().Subscribe.UnacknowledgedUpdates);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Update_WhileTheAgentIsAway_IsSentWhenItIsBack()
    {
        var agent = await StartAgentAsync();
        var port = agent.Host.Port;
        await using var client = new ExecutorClient(Options(agent, checkpoint: true));
        var listener = new Listener<ExecutorEvent>(client.RunAsync);
        await listener.NextAsync<ExecutorEvent.Subscribed>();

        await agent.DisposeAsync();
        await listener.NextAsync<ExecutorEvent.Disconnected>();
        client.Update(new("t-1"), TaskState.TaskFinished);
        await using var back = await StartAgentAsync(port);
        await listener.NextAsync<ExecutorEvent.Subscribed>(1);

        Assert.Equal("t-1", Assert.Single(back.Subscribes.Last().Subscribe.UnacknowledgedUpdates).Status.TaskId.Value);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Run_AgentLostWithoutCheckpoint_EndsWithShutdown()
    {
        await using var agent = await StartAgentAsync();
        await using var client = new ExecutorClient(Options(agent, checkpoint: false));
        var listener = new Listener<ExecutorEvent>(client.RunAsync);
        await listener.NextAsync<ExecutorEvent.Subscribed>();

        agent.EndStream();

        await listener.Ended.WaitAsync(Wait.Limit);
        Assert.IsType<ExecutorEvent.Shutdown>(listener.Heard.Last());
    }

    [Fact]
    public async Task Run_AgentAwayLongerThanTheRecoveryTimeout_EndsWithShutdown()
    {
        var agent = await StartAgentAsync();
        await using var client = new ExecutorClient(Options(agent, checkpoint: true) with { RecoveryTimeout = TimeSpan.FromMilliseconds(100) });
        var listener = new Listener<ExecutorEvent>(client.RunAsync);
        await listener.NextAsync<ExecutorEvent.Subscribed>();

        await agent.DisposeAsync();

        await listener.Ended.WaitAsync(Wait.Limit);
        Assert.IsType<ExecutorEvent.Shutdown>(listener.Heard.Last());
    }

    [Fact]
    public async Task Update_Refused_IsToldAndNotSentAgain()
    {
        await using var agent = await StartAgentAsync();
        agent.Answers = _ => (400, "Failed to validate Executor::Call: no");
        await using var client = new ExecutorClient(Options(agent, checkpoint: true));
        var listener = new Listener<ExecutorEvent>(client.RunAsync);
        await listener.NextAsync<ExecutorEvent.Subscribed>();

        client.Update(new("t-1"), TaskState.TaskRunning);
        var failed = await listener.NextAsync<ExecutorEvent.Failed>();
        await client.WhenAcknowledgedAsync().WaitAsync(Wait.Limit);

        Assert.Contains("t-1", failed.Message, StringComparison.Ordinal);
        await listener.StopAsync();
    }

    private static Task<FakeApi<Call>> StartAgentAsync(int port = 0) => FakeApi<Call>.StartAsync(
        "/api/v1/executor",
        call => call.Type == Call.Types.Type.Subscribe,
        call => new Event
        {
            Type = Event.Types.Type.Subscribed,
            Subscribed = new()
            {
                ExecutorInfo = new() { ExecutorId = call.ExecutorId },
                FrameworkInfo = new() { Name = "test", User = "nobody" },
                AgentInfo = new() { Hostname = "h" },
            },
        },
        port);

    private static ExecutorOptions Options(FakeApi<Call> agent, bool checkpoint) => new()
    {
        Agent = new($"http://{agent.Address}"),
        Framework = new("f-1"),
        Executor = new("e-1"),
        Checkpoint = checkpoint,
        SubscriptionBackoffMax = TimeSpan.FromMilliseconds(50),
    };

    private static TaskInfo NewTask(string id) => new() { Name = id, TaskId = new() { Value = id }, AgentId = new() { Value = "a-1" } };
}
