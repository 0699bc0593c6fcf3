using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Scheduler;
using Tepui.Sdk.Tests.Fakes;

namespace Tepui.Sdk.Tests.Scheduler;

public sealed class SchedulerClientTests
{
    private static readonly byte[] Uuid = [.. Enumerable.Range(1, 16).Select(n => (byte)n)];

    [Fact]
    public async Task Run_MasterIsNotTheLeader_SubscribesAtTheLeader()
    {
        await using var leader = await FakeMaster.StartAsync();
        await using var follower = await FakeMaster.StartAsync();
        follower.RedirectTo = $"//{leader.Address}/master/api/v1/scheduler";
        await using var client = new SchedulerClient(FakeMaster.Options(follower.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);

        var subscribed = await listener.NextAsync<SchedulerEvent.Subscribed>();
        await client.SendAsync(new() { Type = Call.Types.Type.Revive, Revive = new() });

        Assert.Equal(new FrameworkId("f-1"), subscribed.Framework);
        Assert.Empty(follower.Calls);
        Assert.Equal(Call.Types.Type.Revive, Assert.Single(leader.Calls).Type);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Run_StreamEnds_SubscribesAgainWithItsId()
    {
        await using var master = await FakeMaster.StartAsync();
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);
        await listener.NextAsync<SchedulerEvent.Subscribed>();

        master.EndStream();
        await listener.NextAsync<SchedulerEvent.Disconnected>();
        var again = await listener.NextAsync<SchedulerEvent.Subscribed>(1);

        Assert.True(again.Again);
        Assert.Null(master.Subscribes.First().FrameworkId);
        Assert.Equal("f-1", master.Subscribes.Last().FrameworkId.Value);
        Assert.Equal("f-1", master.Subscribes.Last().Subscribe.FrameworkInfo.Id.Value);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Run_MasterFallsSilent_SubscribesAgain()
    {
        await using var master = await FakeMaster.StartAsync(heartbeatSeconds: 0.05);
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);

        var lost = await listener.NextAsync<SchedulerEvent.Disconnected>();
        await listener.NextAsync<SchedulerEvent.Subscribed>(1);

        Assert.Contains("silent", lost.Reason, StringComparison.Ordinal);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Run_NoMasterYet_KeepsTryingUntilOneIsThere()
    {
        var first = await FakeMaster.StartAsync();
        var port = first.Host.Port;
        await first.DisposeAsync();
        await using var client = new SchedulerClient(FakeMaster.Options($"127.0.0.1:{port}"));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);

        await using var master = await FakeMaster.StartAsync(port: port);
        await listener.NextAsync<SchedulerEvent.Subscribed>();

        await listener.StopAsync();
    }

    [Fact]
    public async Task Run_ErrorEvent_EndsWithItsWords()
    {
        await using var master = await FakeMaster.StartAsync();
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);
        await listener.NextAsync<SchedulerEvent.Subscribed>();

        master.Send(new Event { Type = Event.Types.Type.Error, Error = new() { Message = "Framework has been removed" } });

        var error = await Assert.ThrowsAsync<FrameworkErrorException>(() => listener.Ended.WaitAsync(Wait.Limit));
        Assert.True(error.IsRemoved);
    }

    [Fact]
    public async Task Update_HandlerIsDone_IsAcknowledgedWithTheStreamsId()
    {
        await using var master = await FakeMaster.StartAsync();
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var release = new TaskCompletionSource();
        var handling = new TaskCompletionSource();
        var listener = new Listener<SchedulerEvent>(client.RunAsync, happened =>
        {
            if (happened is SchedulerEvent.Updated { Status.HasUuid: true })
            {
                handling.TrySetResult();
                release.Task.Wait();
            }
        });
        await listener.NextAsync<SchedulerEvent.Subscribed>();

        master.Send(FakeMaster.Update("t-0", TaskState.TaskRunning));
        master.Send(FakeMaster.Update("t-1", TaskState.TaskRunning, Uuid));
        await handling.Task.WaitAsync(Wait.Limit);
        var acknowledgedWhileHandled = master.Calls.Count;
        release.SetResult();
        await Wait.UntilAsync(() => !master.Calls.IsEmpty, "the acknowledgement");

        Assert.Equal(0, acknowledgedWhileHandled);
        var acknowledge = Assert.Single(master.Calls).Acknowledge;
        Assert.Equal("t-1", acknowledge.TaskId.Value);
        Assert.Equal("a-1", acknowledge.AgentId.Value);
        Assert.Equal(Uuid, acknowledge.Uuid.ToByteArray());
        Assert.Equal("stream-1", Assert.Single(master.StreamIds));
        await listener.StopAsync();
    }

    [Fact]
    public async Task Tasks_LaunchAndUpdates_FollowTheStateAndForgetTheEnded()
    {
        await using var master = await FakeMaster.StartAsync();
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);
        await listener.NextAsync<SchedulerEvent.Subscribed>();
        var offer = new Offer { Id = new() { Value = "o-1" }, AgentId = new() { Value = "a-1" }, FrameworkId = new() { Value = "f-1" }, Hostname = "h" };

        client.Launch(offer, [new TaskInfo { Name = "t", TaskId = new() { Value = "t-1" }, AgentId = offer.AgentId }]);
        Assert.True(client.Tasks.TryGet(new("t-1"), out var staging));
        master.Send(FakeMaster.Update("t-1", TaskState.TaskRunning, Uuid));
        var running = await listener.NextAsync<SchedulerEvent.Updated>();
        master.Send(FakeMaster.Update("t-1", TaskState.TaskFinished, Uuid));
        var finished = await listener.NextAsync<SchedulerEvent.Updated>(1);

        Assert.Equal(TaskState.TaskStaging, staging.State);
        Assert.Equal(TaskState.TaskStaging, running.Before);
        Assert.Equal(TaskState.TaskRunning, finished.Before);
        Assert.Equal(0, client.Tasks.Count);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Reconciliation_AfterANewSubscription_AsksForAllAndForEachUnheardTask()
    {
        await using var master = await FakeMaster.StartAsync();
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        client.Tasks.Expect(new("old-1"), new("a-1"));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);

        await Wait.UntilAsync(() => master.Calls.Count >= 2, "two RECONCILE calls");

        var calls = master.Calls.Select(call => call.Reconcile).ToArray();
        Assert.Empty(calls[0].Tasks);
        Assert.Equal("old-1", Assert.Single(calls[1].Tasks).TaskId.Value);
        Assert.Equal("a-1", calls[1].Tasks[0].AgentId.Value);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Post_ManyCalls_ArriveInOrder()
    {
        const int Count = 2000;
        await using var master = await FakeMaster.StartAsync();
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);
        await listener.NextAsync<SchedulerEvent.Subscribed>();

        for (var i = 0; i < Count; i++)
        {
            client.Kill(new($"t-{i}"));
        }

        await Wait.UntilAsync(() => master.Calls.Count == Count, $"{Count} calls");
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"t-{i}"), master.Calls.Select(call => call.Kill.TaskId.Value));
        await listener.StopAsync();
    }

    [Fact]
    public async Task Post_CallIsRefused_ComesAsAnEvent()
    {
        await using var master = await FakeMaster.StartAsync();
        master.Answers = _ => (400, "Framework cannot be found");
        await using var client = new SchedulerClient(FakeMaster.Options(master.Address));
        var listener = new Listener<SchedulerEvent>(client.RunAsync);
        await listener.NextAsync<SchedulerEvent.Subscribed>();

        client.Revive();
        var failed = await listener.NextAsync<SchedulerEvent.CallFailed>();

        Assert.Equal(400, failed.Answer.Status);
        Assert.Equal("Framework cannot be found", failed.Answer.Body);
        Assert.Equal(Call.Types.Type.Revive, failed.Call.Type);
        await listener.StopAsync();
    }

    [Fact]
    public async Task Send_NotSubscribed_SaysSo()
    {
        await using var client = new SchedulerClient(FakeMaster.Options("127.0.0.1:1"));

        var failed = await Assert.ThrowsAsync<Sdk.Http.CallFailedException>(() => client.TeardownAsync());

        Assert.Equal(0, failed.Answer.Status);
        Assert.Contains("not subscribed", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zk://a:2181/mesos")]
    [InlineData("a b:5050")]
    public void Constructor_AddressIsNone_NamesIt(string address)
    {
        var error = Assert.Throws<ArgumentException>(() => new SchedulerClient(FakeMaster.Options(address)));

        Assert.Contains("HOST:PORT", error.Message, StringComparison.Ordinal);
    }
}
