using System.Diagnostics;
using Tepui.Agent.Tests.Fixtures;
using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;
using Tepui.Sdk.Scheduler;

namespace Tepui.Agent.Tests;

public sealed class AgentHostTests
{
    [Fact]
    public async Task CommandTask_RunsToItsEnd_WithOutputInItsSandbox()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);

        framework.Launch(A.Shell("t-1", "echo hi from $MESOS_TASK_ID in $MESOS_SANDBOX"));
        await framework.UntilAsync("t-1", TaskState.TaskFinished);

        var output = await cluster.Http.GetStringAsync(new Uri(cluster.Agent.Address, $"files/read?path=/frameworks/{framework.Client.FrameworkId}/executors/t-1/runs/latest/stdout&offset=0"));
        Assert.Contains("in " + cluster.WorkDirectory, output, StringComparison.Ordinal);
        Assert.Equal(
            [TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskFinished],
            framework.Updates("t-1").Select(status => status.State).Distinct());
    }

    [Fact]
    public async Task CommandTask_ExitsWithSeven_FailsWithThatStatus()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);

        framework.Launch(A.Shell("t-1", "exit 7"));
        var failed = await framework.UntilAsync("t-1", TaskState.TaskFailed);

        Assert.Equal("Command exited with status 7", failed.Message);
    }

    [Fact]
    public async Task Stop_WithARunningTask_LeavesItRunningForTheNextStart()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        var go = Path.Combine(cluster.WorkDirectory, "go");
        framework.Launch(A.Shell("t-1", $"while [ ! -e '{go}' ]; do sleep 0.05; done; exit 3"));
        await framework.UntilAsync("t-1", TaskState.TaskRunning);
        var agentId = framework.Updates("t-1")[0].AgentId.Value;

        await cluster.Agent.StopAsync();
        await cluster.StartAgentAsync();
        await File.WriteAllTextAsync(go, "");
        var failed = await framework.UntilAsync("t-1", TaskState.TaskFailed);

        Assert.Equal("Command exited with status 3", failed.Message);
        Assert.Equal(agentId, failed.AgentId.Value);
    }

    [Fact]
    public async Task Stop_TaskEndsMeanwhile_IsReportedByTheNextStart()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        var go = Path.Combine(cluster.WorkDirectory, "go");
        var done = Path.Combine(cluster.WorkDirectory, "done");
        framework.Launch(A.Shell("t-1", $"while [ ! -e '{go}' ]; do sleep 0.05; done; touch '{done}'; exit 3"));
        await framework.UntilAsync("t-1", TaskState.TaskRunning);

        await cluster.Agent.StopAsync();
        await File.WriteAllTextAsync(go, "");
        await Wait.UntilAsync(() => File.Exists(done), () => "the task is done");
        await cluster.StartAgentAsync();
        var failed = await framework.UntilAsync("t-1", TaskState.TaskFailed);

        Assert.Equal("Command exited with status 3", failed.Message);
    }

    [Fact]
    public async Task MasterRestart_WithARunningTask_AgentAndFrameworkComeBack()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        framework.Launch(A.Shell("t-1", "sleep 1000"));
        await framework.UntilAsync("t-1", TaskState.TaskRunning);
        var id = framework.Client.FrameworkId;

        await cluster.RestartMasterAsync();
        await Wait.UntilAsync(() => cluster.Agent.IsRegisteredAsync(), () => $"the agent is registered again\n{cluster.Logs}");
        await Wait.UntilAsync(() => framework.Client.IsSubscribed, () => $"the framework is subscribed again\n{cluster.Logs}");
        framework.Client.Kill(new("t-1"));
        await framework.UntilAsync("t-1", TaskState.TaskKilled);

        Assert.Equal(id, framework.Client.FrameworkId);
    }

    [Fact]
    public async Task HelloFramework_TheTutorial_RunsItsTasks()
    {
        await using var cluster = await Cluster.StartAsync();
        var start = new ProcessStartInfo(TestSupervisor.DotNet) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "HelloFramework.dll"));
        start.ArgumentList.Add(cluster.MasterAddress);
        start.ArgumentList.Add("3");

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Wait.Limit);
        await process.WaitForExitAsync().WaitAsync(Wait.Limit);

        Assert.Equal(0, process.ExitCode);
        Assert.EndsWith("3 of 3 tasks finished\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomExecutor_OnTheSdk_RunsTasksAndPassesMessages()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);

        framework.LaunchWithExecutor(A.Executor("e-1", A.HelloExecutor), A.Task("t-1", "10"), A.Task("t-2", "x"));
        var finished = await framework.UntilAsync("t-1", TaskState.TaskFinished);
        var failed = await framework.UntilAsync("t-2", TaskState.TaskFailed);
        framework.Client.Message(new(finished.AgentId.Value), new("e-1"), Google.Protobuf.ByteString.CopyFromUtf8("ping"));
        await Wait.UntilAsync(() => framework.Messages.Contains("ping"), () => "the executor's answer");

        Assert.Equal("55", finished.Data.ToStringUtf8());
        Assert.Contains("must be a number", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_WithARunningTask_EndsItAndKeepsTheId()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var framework = await TestFramework.StartAsync(cluster);
        framework.Launch(A.Shell("t-1", "sleep 1000"));
        var running = await framework.UntilAsync("t-1", TaskState.TaskRunning);

        var end = await cluster.Agent.DrainAsync().WaitAsync(Wait.Limit);
        await framework.UntilAsync("t-1", TaskState.TaskKilled);
        await cluster.Agent.StopAsync();
        await cluster.StartAgentAsync();

        Assert.Equal(ExitCode.Ok, end.ExitCode);
        var state = await cluster.Http.GetStringAsync(new Uri(cluster.Agent.Address, "state"));
        Assert.Contains($"\"id\":\"{running.AgentId.Value}\"", state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondAgentOnTheSameDirectory_SaysWhoHoldsIt()
    {
        await using var cluster = await Cluster.StartAsync();

        var error = await Assert.ThrowsAsync<StartupException>(() => AgentHost.StartAsync(cluster.Settings() with { Port = 0 }));

        Assert.Equal(ExitCode.InUse, error.ExitCode);
        Assert.Contains(cluster.WorkDirectory, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DamagedCheckpoints_SaysSoAndChangesNothing()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Agent.StopAsync();
        var log = Directory.GetFiles(Path.Combine(cluster.WorkDirectory, "meta"), "log-*").Single();
        var bytes = await File.ReadAllBytesAsync(log);
        bytes[30] ^= 0xff;
        await File.WriteAllBytesAsync(log, bytes);

        var error = await Assert.ThrowsAsync<StartupException>(() => AgentHost.StartAsync(cluster.Settings() with { Port = 0 }));

        Assert.Equal(ExitCode.Corrupt, error.ExitCode);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(log));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.GetDirectoryName(log)!));
    }

    [Fact]
    public async Task Start_PortInUse_SaysSo()
    {
        await using var cluster = await Cluster.StartAsync();
        var work = Directory.CreateTempSubdirectory("tepui-agent-").FullName;

        var error = await Assert.ThrowsAsync<StartupException>(() => AgentHost.StartAsync(cluster.Settings() with { WorkDirectory = work, Port = cluster.Master.Endpoint.Port }));

        Assert.Equal(ExitCode.Address, error.ExitCode);
        Assert.Contains($":{cluster.Master.Endpoint.Port}", error.Message, StringComparison.Ordinal);
        TestSupervisor.End(work);
        await TemporaryDirectory.RemoveAsync(work);
    }

    [Theory]
    [InlineData("cpus:x", "", "--resources")]
    [InlineData("", "rack", "--attributes")]
    public async Task Start_BadText_NamesTheFlag(string resources, string attributes, string flag)
    {
        var work = Directory.CreateTempSubdirectory("tepui-agent-").FullName;
        var settings = new AgentSettings { Master = "127.0.0.1:1", WorkDirectory = work, Port = 0, Resources = resources, Attributes = attributes, SupervisorCommand = TestSupervisor.Command };

        var error = await Assert.ThrowsAsync<StartupException>(() => AgentHost.StartAsync(settings));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith(flag, error.Message, StringComparison.Ordinal);
        await TemporaryDirectory.RemoveAsync(work);
    }
}
