using Tepui.Protocol.V1;
using Wire = Tepui.Protocol.V1;

namespace Tepui.Master.Tests.Support;

/// <summary>The cluster the captures of reads were recorded on: a command task, a group, tasks of a framework's own executor, an offer out, and a framework that has completed.</summary>
internal sealed class HolderScenario : IAsyncDisposable
{
    private const string HolderInfo = """
        {"user": "root", "name": "holder", "failover_timeout": 60, "checkpoint": true, "hostname": "holder.local", "webui_url": "http://holder.local/",
         "principal": "hp", "roles": ["hr"], "capabilities": [{"type": "MULTI_ROLE"}, {"type": "PARTITION_AWARE"}],
         "labels": {"labels": [{"key": "a", "value": "b"}, {"key": "novalue"}]}}
        """;

    private const string Small = """[{"name": "cpus", "type": "SCALAR", "scalar": {"value": 0.1}}, {"name": "mem", "type": "SCALAR", "scalar": {"value": 32}}]""";

    private HolderScenario(TestMaster master, FakeAgent agent, FakeFramework framework)
    {
        Master = master;
        Agent = agent;
        Framework = framework;
    }

    public TestMaster Master { get; }

    public FakeAgent Agent { get; }

    public FakeFramework Framework { get; }

    public static async Task<HolderScenario> StartAsync(Func<MasterSettings, MasterSettings>? change = null)
    {
        var master = await TestMaster.StartAsync(change);
        var agent = await FakeAgent.RegisterAsync(master);
        agent.Runs = Statuses;
        await CompleteOneAsync(master);
        var framework = await FakeFramework.SubscribeAsync(master, HolderInfo, json: false);
        var offer = await framework.OfferAsync();
        await framework.AcceptAsync(offer, Operations(agent.Id.Value, framework.Id.Value));
        var scenario = new HolderScenario(master, agent, framework);
        await scenario.SettleAsync();
        return scenario;
    }

    public async ValueTask DisposeAsync()
    {
        await Framework.DisposeAsync();
        await Agent.DisposeAsync();
        await Master.DisposeAsync();
    }

    /// <summary>Acknowledges all updates until the five tasks are where they stay, and the rest of the agent is on offer.</summary>
    private async Task SettleAsync()
    {
        var updates = 0;
        while (updates < 12)
        {
            var next = await Framework.WaitAsync(e => e.Update is not null);
            updates++;
            if (next.Update.Status.HasUuid)
            {
                await Framework.AcknowledgeAsync(next.Update.Status);
            }
        }

        await Master.WaitAsync("/state", state =>
        {
            var holder = state.GetProperty("frameworks")[0];
            return holder.GetProperty("tasks").GetArrayLength() == 4
                && holder.GetProperty("completed_tasks").GetArrayLength() == 1
                && holder.GetProperty("offers").GetArrayLength() > 0
                && holder.GetProperty("offered_resources").GetProperty("mem").GetDouble() > 7900;
        });
    }

    /// <summary>A framework that runs one task to its end, another not, and is torn down.</summary>
    private static async Task CompleteOneAsync(TestMaster master)
    {
        await using var first = await FakeFramework.SubscribeAsync(
            master,
            """{"user": "root", "name": "mesos-execute instance", "role": "*", "failover_timeout": 0, "checkpoint": false, "capabilities": [{"type": "PARTITION_AWARE"}, {"type": "RESERVATION_REFINEMENT"}]}""");
        var offer = await first.OfferAsync();
        await first.AcceptAsync(offer, $$$"""
            [{"type": "LAUNCH", "launch": {"task_infos": [{"name": "hello", "task_id": {"value": "hello"}, "agent_id": {"value": "{{{offer.AgentId.Value}}}"},
              "resources": {{{Small}}}, "command": {"value": "true"}},
              {"name": "stays", "task_id": {"value": "stays"}, "agent_id": {"value": "{{{offer.AgentId.Value}}}"}, "resources": {{{Small}}}, "command": {"value": "sleep 1000"}}]}}]
            """);
        var ended = false;
        while (!ended)
        {
            var status = (await first.WaitAsync(e => e.Update is not null)).Update.Status;
            await first.AcknowledgeAsync(status);
            ended = status.State == TaskState.TaskFinished;
        }

        var (code, body) = await first.CallAsync(new Protocol.V1.Scheduler.Call { Type = Protocol.V1.Scheduler.Call.Types.Type.Teardown });
        Assert.True(code == System.Net.HttpStatusCode.Accepted, body);
    }

    private static string Operations(string agent, string framework) => $$$"""
        [{"type": "LAUNCH", "launch": {"task_infos": [
           {"name": "cmd-task", "task_id": {"value": "cmd-task"}, "agent_id": {"value": "{{{agent}}}"}, "resources": {{{Small}}},
            "command": {"value": "sleep 1000"}, "labels": {"labels": [{"key": "tk", "value": "tv"}]},
            "discovery": {"visibility": "CLUSTER", "name": "svc", "environment": "prod", "location": "here", "version": "1",
              "ports": {"ports": [{"number": 31005, "name": "web", "protocol": "tcp"}]}, "labels": {"labels": [{"key": "d", "value": "e"}]}},
            "health_check": {"type": "COMMAND", "command": {"value": "true"}, "delay_seconds": 0, "interval_seconds": 1, "grace_period_seconds": 1}},
           {"name": "py-task", "task_id": {"value": "py-task"}, "agent_id": {"value": "{{{agent}}}"}, "resources": {{{Small}}}, "executor": {{{PyExecutor(framework)}}} },
           {"name": "py-done", "task_id": {"value": "py-done"}, "agent_id": {"value": "{{{agent}}}"}, "resources": {{{Small}}}, "executor": {{{PyExecutor(framework)}}} }]}},
         {"type": "LAUNCH_GROUP", "launch_group": {
           "executor": {"type": "DEFAULT", "executor_id": {"value": "dex"}, "framework_id": {"value": "{{{framework}}}"},
             "resources": [{"name": "cpus", "type": "SCALAR", "scalar": {"value": 0.1}}, {"name": "mem", "type": "SCALAR", "scalar": {"value": 32}}, {"name": "disk", "type": "SCALAR", "scalar": {"value": 32}}]},
           "task_group": {"tasks": [
             {"name": "grp-a", "task_id": {"value": "grp-a"}, "agent_id": {"value": "{{{agent}}}"}, "resources": {{{Small}}}, "command": {"value": "sleep 1000"}},
             {"name": "grp-b", "task_id": {"value": "grp-b"}, "agent_id": {"value": "{{{agent}}}"}, "resources": {{{Small}}}, "command": {"value": "sleep 1000"}}]}} }]
        """;

    private static string PyExecutor(string framework) => $$$"""
        {"type": "CUSTOM", "executor_id": {"value": "pyexec"}, "framework_id": {"value": "{{{framework}}}"}, "name": "py custom", "source": "src",
         "command": {"value": "exec /usr/bin/python3 pyexec.py", "environment": {"variables": [{"name": "PYEXEC_LOG", "type": "VALUE", "value": "/tmp"}]}},
         "resources": [{"name": "cpus", "type": "SCALAR", "scalar": {"value": 0.1}}, {"name": "mem", "type": "SCALAR", "scalar": {"value": 64}}]}
        """;

    private static IEnumerable<Wire.TaskStatus> Statuses(TaskInfo task)
    {
        yield return Status(task, TaskState.TaskStarting);
        yield return Status(task, TaskState.TaskRunning);
        if (task.TaskId.Value == "cmd-task")
        {
            var healthy = Status(task, TaskState.TaskRunning);
            healthy.Healthy = true;
            healthy.Reason = Wire.TaskStatus.Types.Reason.TaskHealthCheckStatusUpdated;
            yield return healthy;
        }

        if (task.TaskId.Value is "py-done" or "hello")
        {
            var finished = Status(task, TaskState.TaskFinished);
            finished.Message = task.TaskId.Value == "hello" ? "Command exited with status 0" : "";
            if (task.TaskId.Value != "hello")
            {
                finished.ClearMessage();
            }

            yield return finished;
        }
    }

    private static Wire.TaskStatus Status(TaskInfo task, TaskState state)
    {
        var container = new ContainerStatus
        {
            ContainerId = new ContainerID { Value = Guid.NewGuid().ToString() },
            ExecutorPid = 4711,
            NetworkInfos = { TestMaster.Message<NetworkInfo>("""{"ip_addresses": [{"protocol": "IPv4", "ip_address": "127.0.0.1"}]}""") },
        };
        if (task.TaskId.Value.StartsWith("grp", StringComparison.Ordinal))
        {
            container.ContainerId.Parent = new ContainerID { Value = Guid.NewGuid().ToString() };
        }

        return new Wire.TaskStatus
        {
            TaskId = task.TaskId,
            State = state,
            ExecutorId = task.Executor?.ExecutorId ?? new ExecutorID { Value = task.TaskId.Value },
            ContainerStatus = container,
        };
    }
}
