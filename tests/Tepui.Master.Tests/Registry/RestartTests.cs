using Tepui.Master.Tests.Support;
using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;
using Wire = Tepui.Protocol.V1;

namespace Tepui.Master.Tests.Registry;

/// <summary>A master started again on the same data.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Restart_OnTheSameData_KnowsAgentsFrameworksWeights()
    {
        var directory = Directory.CreateTempSubdirectory("tepui-master-test-").FullName;
        AgentID agentId;
        FrameworkID frameworkId;
        await using (var first = await TestMaster.StartAsync(directory: directory))
        {
            await using var agent = await FakeAgent.RegisterAsync(first);
            await using var framework = await FakeFramework.SubscribeAsync(first, """{"user": "root", "name": "f", "failover_timeout": 600}""");
            Assert.Equal((System.Net.HttpStatusCode.OK, ""), await first.CallAsync("""{"type": "UPDATE_WEIGHTS", "update_weights": {"weight_infos": [{"role": "w", "weight": 2.5}]}}"""));
            (agentId, frameworkId) = (agent.Id, framework.Id);
        }

        await using var second = await TestMaster.StartAsync(directory: directory);

        var state = await second.GetAsync("/state");
        Assert.Equal(agentId.Value, state.GetProperty("recovered_slaves")[0].GetProperty("id").GetString());
        Assert.Equal("[{\"weight\":2.5,\"role\":\"w\"}]", (await second.GetAsync("/weights")).GetRawText());
        await using var again = await FakeFramework.SubscribeAsync(second, $$$"""{"user": "root", "name": "f", "failover_timeout": 600, "id": {"value": "{{{frameworkId.Value}}}"}}""");
        Assert.Equal(frameworkId, again.Id);
        await using var back = await FakeAgent.ReregisterAsync(second, agentId, Running(agentId, frameworkId));
        Assert.Equal(agentId, back.Id);
        state = await second.GetAsync("/state");
        Assert.Equal(0, state.GetProperty("recovered_slaves").GetArrayLength());
        Assert.Equal("TASK_RUNNING", state.GetProperty("frameworks")[0].GetProperty("tasks")[0].GetProperty("state").GetString());
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Start_OnDataInUse_SaysSo()
    {
        await using var first = await TestMaster.StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(() => TestMaster.StartAsync(directory: first.Directory));

        Assert.Equal(ExitCode.InUse, refused.ExitCode);
        Assert.Contains(first.Directory, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        await using var first = await TestMaster.StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(() => TestMaster.StartAsync(settings => settings with { Port = first.Endpoint.Port }));

        Assert.Equal(ExitCode.Address, refused.ExitCode);
        Assert.Contains(first.Endpoint.Port.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_AsAsked_CompletesWithZero()
    {
        await using var master = await TestMaster.StartAsync();
        await using var agent = await FakeAgent.RegisterAsync(master);
        await using var framework = await FakeFramework.SubscribeAsync(master);

        await master.Host.StopAsync();

        Assert.Equal(ExitCode.Ok, await master.Host.Completion);
        await framework.EndedAsync();
    }

    private static Wire.Task Running(AgentID agent, FrameworkID framework) => TestMaster.Message<Wire.Task>($$$"""
        {"name": "t", "task_id": {"value": "t"}, "agent_id": {"value": "{{{agent.Value}}}"}, "framework_id": {"value": "{{{framework.Value}}}"}, "state": "TASK_RUNNING",
         "resources": [{"name": "cpus", "type": "SCALAR", "scalar": {"value": 1}, "allocation_info": {"role": "*"}}]}
        """);
}
