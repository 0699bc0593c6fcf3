using System.Text.Json.Nodes;
using Tepui.Agent.Tests.Fixtures;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Tests.Http;

/// <summary>The executor API as an executor in any language uses it.</summary>
public sealed class ExecutorApiTests
{
    [Fact]
    public async Task Executor_SpeakingJson_RunsATaskToItsEnd()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        framework.LaunchWithExecutor(A.Executor("e-1", "sleep 1000"), A.Task("t-1"));
        await using var executor = await JsonExecutor.SubscribeAsync(cluster, framework.Client.FrameworkId.Value, "e-1");

        var subscribed = (await executor.NextAsync("SUBSCRIBED")).GetProperty("subscribed");
        var launch = (await executor.NextAsync("LAUNCH")).GetProperty("launch").GetProperty("task");
        Assert.Equal(202, (await executor.UpdateAsync("t-1", "TASK_RUNNING")).Status);
        var acknowledged = (await executor.NextAsync("ACKNOWLEDGED")).GetProperty("acknowledged");
        Assert.Equal(202, (await executor.UpdateAsync("t-1", "TASK_FINISHED")).Status);
        var finished = await framework.UntilAsync("t-1", TaskState.TaskFinished);

        Assert.Equal("e-1", subscribed.GetProperty("executor_info").GetProperty("executor_id").GetProperty("value").GetString());
        Assert.Equal("holder", subscribed.GetProperty("framework_info").GetProperty("name").GetString());
        Assert.Equal("localhost", subscribed.GetProperty("agent_info").GetProperty("hostname").GetString());
        Assert.Equal("t-1", launch.GetProperty("task_id").GetProperty("value").GetString());
        Assert.Equal("t-1", acknowledged.GetProperty("task_id").GetProperty("value").GetString());
        Assert.Equal("e-1", finished.ExecutorId.Value);
    }

    [Fact]
    public async Task Calls_BeforeAndAfterSubscribe_AnswerAsDocumented()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        framework.LaunchWithExecutor(A.Executor("e-1", "sleep 1000"), A.Task("t-1"));
        await using var executor = await JsonExecutor.SubscribeAsync(cluster, framework.Client.FrameworkId.Value, "e-1");
        await executor.NextAsync("LAUNCH");

        var noUuid = await executor.UpdateAsync("t-1", "TASK_RUNNING", status => status.Remove("uuid"));
        var staging = await executor.UpdateAsync("t-1", "TASK_STAGING");
        var source = await executor.UpdateAsync("t-1", "TASK_RUNNING", status => status["source"] = "SOURCE_MASTER");
        var heartbeat = await executor.CallAsync(new JsonObject { ["type"] = "HEARTBEAT" });
        var unknown = await executor.CallAsync(new JsonObject { ["type"] = "UNKNOWN" });

        Assert.Equal(400, noUuid.Status);
        Assert.StartsWith("Failed to validate Executor::Call: ", noUuid.Body, StringComparison.Ordinal);
        Assert.Equal(400, staging.Status);
        Assert.Equal(400, source.Status);
        Assert.Equal(202, heartbeat);
        Assert.Equal(501, unknown);
    }

    [Fact]
    public async Task Subscribe_ASecondTime_ClosesTheFirstStream()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        framework.LaunchWithExecutor(A.Executor("e-1", "sleep 1000"), A.Task("t-1"));
        await using var first = await JsonExecutor.SubscribeAsync(cluster, framework.Client.FrameworkId.Value, "e-1");
        await first.NextAsync("LAUNCH");

        await using var second = await JsonExecutor.SubscribeAsync(cluster, framework.Client.FrameworkId.Value, "e-1");
        await second.NextAsync("SUBSCRIBED");

        await first.Ended.WaitAsync(Wait.Limit);
    }

    [Fact]
    public async Task AgentRestart_ExecutorSubscribesAgain_GoesOn()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        framework.LaunchWithExecutor(A.Executor("e-1", A.HelloExecutor), A.Task("t-1", "4"));
        await framework.UntilAsync("t-1", TaskState.TaskFinished);

        await cluster.Agent.StopAsync();
        await cluster.StartAgentAsync();
        framework.LaunchWithExecutor(Same(framework, "e-1"), A.Task("t-2", "5"));
        var finished = await framework.UntilAsync("t-2", TaskState.TaskFinished);

        Assert.Equal("15", finished.Data.ToStringUtf8());
    }

    /// <summary>The executor as it was launched: an executor id names one set of settings.</summary>
    private static ExecutorInfo Same(TestFramework framework, string id)
    {
        var executor = A.Executor(id, A.HelloExecutor);
        executor.Resources.Add(framework.Launched(id).Resources);
        return executor;
    }
}
