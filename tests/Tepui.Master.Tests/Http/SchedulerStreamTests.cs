using System.Net;
using Tepui.Master.Tests.Support;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Tests.Http;

public sealed class SchedulerStreamTests
{
    [Theory]
    [InlineData(true, "application/json")]
    [InlineData(false, "application/x-protobuf")]
    public async Task Subscribe_InEitherFormat_SubscribesThenBeatsThenOffers(bool json, string contentType)
    {
        await using var master = await TestMaster.StartAsync();
        await using var agent = await FakeAgent.RegisterAsync(master);

        await using var framework = await FakeFramework.SubscribeAsync(master, json: json);

        Assert.Equal(contentType, framework.ContentType);
        Assert.True(Guid.TryParse(framework.StreamId, out _));
        Assert.Equal(Event.Types.Type.Heartbeat, (await framework.NextAsync()).Type);
        var offer = await framework.OfferAsync();
        Assert.Equal(agent.Id, offer.AgentId);
        Assert.Equal((HttpStatusCode.Accepted, ""), await framework.CallAsync(new Call { Type = Call.Types.Type.Revive }));
    }

    [Fact]
    public async Task Subscribe_WithTheSameId_TakesOverAndEndsTheFirstStream()
    {
        await using var master = await TestMaster.StartAsync();
        await using var first = await FakeFramework.SubscribeAsync(master, """{"user": "root", "name": "f", "failover_timeout": 60}""");

        await using var second = await FakeFramework.SubscribeAsync(
            master,
            $$$"""{"user": "root", "name": "f", "failover_timeout": 60, "id": {"value": "{{{first.Id.Value}}}"}}""");

        var error = await first.WaitAsync(e => e.Type == Event.Types.Type.Error);
        Assert.Equal("Framework failed over", error.Error.Message);
        await first.EndedAsync();
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(HttpStatusCode.BadRequest, (await first.CallAsync(new Call { Type = Call.Types.Type.Revive })).Status);
    }

    [Fact]
    public async Task Subscribe_AfterTeardown_IsToldAndEnded()
    {
        await using var master = await TestMaster.StartAsync();
        await using var framework = await FakeFramework.SubscribeAsync(master);
        await framework.CallAsync(new Call { Type = Call.Types.Type.Teardown });

        await using var again = await FakeFramework.OpenAsync(master, $$$"""{"user": "root", "name": "test", "id": {"value": "{{{framework.Id.Value}}}"}}""");

        Assert.Equal("Framework has been removed", (await again.NextAsync()).Error.Message);
        await again.EndedAsync();
    }

    [Fact]
    public async Task Stream_HungUp_LeavesTheFrameworkDisconnected()
    {
        await using var master = await TestMaster.StartAsync();
        await using (await FakeFramework.SubscribeAsync(master, """{"user": "root", "name": "f", "failover_timeout": 600}"""))
        {
            await master.WaitAsync("/frameworks", all => all.GetProperty("frameworks")[0].GetProperty("connected").GetBoolean());
        }

        await master.WaitAsync("/frameworks", all => !all.GetProperty("frameworks")[0].GetProperty("connected").GetBoolean());
    }

    [Fact]
    public async Task UnknownCall_FromASubscribedFramework_Is501AndTheMasterLives()
    {
        await using var master = await TestMaster.StartAsync();
        await using var framework = await FakeFramework.SubscribeAsync(master);

        var (status, body) = await framework.CallAsync(new Call { Type = Call.Types.Type.Unknown });

        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Equal("501 Not Implemented.", body);
        Assert.Equal(HttpStatusCode.Accepted, (await framework.CallAsync(new Call { Type = Call.Types.Type.Revive })).Status);
    }

    [Fact]
    public async Task TaskGroup_WithTheSameTaskTwice_EndsInErrorsAndTheMasterLives()
    {
        await using var master = await TestMaster.StartAsync();
        await using var agent = await FakeAgent.RegisterAsync(master);
        await using var framework = await FakeFramework.SubscribeAsync(master);
        var offer = await framework.OfferAsync();
        const string Resources = """[{"name": "cpus", "type": "SCALAR", "scalar": {"value": 0.1}}, {"name": "mem", "type": "SCALAR", "scalar": {"value": 32}}]""";
        var task = $$$"""{"name": "t", "task_id": {"value": "t"}, "agent_id": {"value": "{{{offer.AgentId.Value}}}"}, "resources": {{{Resources}}}, "command": {"value": "true"}}""";

        await framework.AcceptAsync(offer, $$$"""
            [{"type": "LAUNCH_GROUP", "launch_group": {
              "executor": {"type": "DEFAULT", "executor_id": {"value": "e"}, "framework_id": {"value": "{{{framework.Id.Value}}}"}, "resources": {{{Resources}}} },
              "task_group": {"tasks": [{{{task}}}, {{{task}}}]}} }]
            """);

        var update = await framework.WaitAsync(e => e.Update is not null);
        Assert.Equal(TaskState.TaskError, update.Update.Status.State);
        Assert.Equal(HttpStatusCode.OK, (await master.Http.GetAsync("/health")).StatusCode);
    }
}
