using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary><c>tepui local</c> and the commands of README, as a user runs them.</summary>
public sealed class LocalTests
{
    [Fact]
    public async Task Run_ThreeTasks_FinishAndTheirOutputCanBeRead()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);

        var (code, output, errors) = await cluster.RunAsync("run", "--name", "hello", "--instances", "3", "--cpus", "0.1", "--mem", "32", "echo hi from $MESOS_TASK_ID; sleep 0.2");

        Assert.True(code == 0, errors + cluster.Process);
        Assert.Contains("3 finished", output, StringComparison.Ordinal);
        var log = await cluster.RunAsync("task", "log", "hello.2");
        Assert.Equal((0, "hi from hello.2\n"), (log.Code, log.Output));
        Assert.Single((await cluster.JsonAsync("agent", "ls")).EnumerateArray());
        Assert.Contains((await cluster.JsonAsync("framework", "ls", "--all")).EnumerateArray(), framework => framework.GetProperty("name").GetString() == "hello");
    }

    [Fact]
    public async Task Run_SomeFail_FailuresComeFirstAndExitCodeIsOne()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);

        var (code, output, _) = await cluster.RunAsync("run", "--name", "mixed", "--instances", "4", "--cpus", "0.1", "--mem", "32", "case $MESOS_TASK_ID in *.2) exit 7;; esac");

        Assert.Equal(1, code);
        Assert.StartsWith("FAILED", output, StringComparison.Ordinal);
        Assert.Contains("mixed.2", output, StringComparison.Ordinal);
        Assert.Contains("Command exited with status 7", output, StringComparison.Ordinal);
        Assert.Contains("3 finished, 1 failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Batch_AllFinish()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine, "--agents", "2");

        var (code, output, errors) = await cluster.RunAsync("run", "--instances", "500", "--cpus", "0.01", "--mem", "8", "true");

        Assert.True(code == 0, output + errors + cluster.Process);
        Assert.Contains("500 finished", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskKill_RunningTask_IsKilledAndRunReportsIt()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);
        using var run = cluster.Start("run", "--name", "long", "--quiet", "sleep 1000");
        await Machine.UntilAsync(async () => (await cluster.TasksAsync("running")).Contains("long.1"), "long.1 runs");

        var kill = await cluster.RunAsync("task", "kill", "long.1");

        Assert.Equal((0, "long.1 killed\n"), (kill.Code, kill.Output));
        Assert.Equal(1, await run.ExitAsync());
        Assert.Contains("1 killed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskLog_LongTextThatIsNoUtf8_LosesNothing()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);

        await cluster.RunAsync("run", "--name", "latin", "yes \"$(printf '\\351')\" | head -c 150000");
        var (code, output, _) = await cluster.RunAsync("task", "log", "latin.1");

        Assert.Equal((0, 75_000), (code, output.Count(letter => letter == '\uFFFD')));
    }

    [Fact]
    public async Task TaskLog_Follow_EndsWithTheTask()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);
        using var run = cluster.Start("run", "--name", "talk", "--quiet", "for i in 1 2 3 4 5; do echo line $i; sleep 0.3; done");
        await Machine.UntilAsync(async () => (await cluster.TasksAsync("running")).Contains("talk.1"), "talk.1 runs");

        var (code, output, _) = await cluster.RunAsync("task", "log", "-f", "talk.1");

        Assert.Equal((0, "line 1\nline 2\nline 3\nline 4\nline 5\n"), (code, output));
        Assert.Equal(0, await run.ExitAsync());
    }

    [Fact]
    public async Task Interrupt_TasksRunning_EndsThemAndLeavesNoProcess()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);
        using var run = cluster.Start("run", "--name", "long", "--instances", "3", "--cpus", "0.1", "--quiet", "sleep 1000");
        await Machine.UntilAsync(async () => (await cluster.TasksAsync("running")).Count == 3, "three tasks run");

        cluster.Process.Interrupt();

        Assert.Equal(0, await cluster.Process.ExitAsync());
        run.Dispose();
        await Machine.UntilAsync(() => Task.FromResult(machine.Processes().Count == 0), $"no process of {machine.Path} is left");
    }

    [Fact]
    public async Task SecondStart_AfterCtrlC_StillKnowsWhatRan()
    {
        using var machine = new Machine();
        string agent;
        using (var first = await LocalCluster.StartAsync(machine))
        {
            agent = (await first.JsonAsync("agent", "ls"))[0].GetProperty("id").GetString()!;
            Assert.Equal(0, (await first.RunAsync("run", "--name", "before", "echo was here")).Code);
            first.Process.Interrupt();
            Assert.Equal(0, await first.Process.ExitAsync());
        }

        using var second = await LocalCluster.StartAsync(machine);

        Assert.Equal(agent, (await second.JsonAsync("agent", "ls"))[0].GetProperty("id").GetString());
        Assert.Contains("before.1", await second.TasksAsync("finished"));
        Assert.Equal("was here\n", (await second.RunAsync("task", "log", "before.1")).Output);
    }

    [Fact]
    public async Task SecondStart_AfterKillNine_FindsTheSameProcesses()
    {
        using var machine = new Machine();
        IReadOnlyList<int> before;
        TepuiProcess run;
        using (var first = await LocalCluster.StartAsync(machine, "--port", FreePort()))
        {
            run = first.Start("run", "--name", "long", "--instances", "3", "--cpus", "0.1", "--quiet", "exec sleep 1000");
            await Machine.UntilAsync(async () => (await first.TasksAsync("running")).Count == 3, "three tasks run");
            before = Sleepers(machine);
            first.Process.KillHard();
            await first.Process.ExitAsync();
            using var second = await LocalCluster.StartAsync(machine, "--port", first.Master.Split(':')[1]);

            await Machine.UntilAsync(async () => (await second.TasksAsync("running")).Count == 3, "three tasks run again");
            Assert.Equal(3, before.Count);
            Assert.Equal(before, Sleepers(machine));
            Assert.Equal(0, (await second.RunAsync("task", "kill", "long.1", "long.2", "long.3")).Code);
            Assert.Equal(1, await run.ExitAsync());
            Assert.Contains("3 killed", run.Output, StringComparison.Ordinal);
        }

        run.Dispose();
    }

    [Fact]
    public async Task SecondStart_WithFewerAgents_WarnsOfTheSupervisorLeftAndTheHintHelps()
    {
        using var machine = new Machine();
        var starts = Path.Join(machine.Path, "starts");
        using (var first = await LocalCluster.StartAsync(machine, "--agents", "2", "--resources", "cpus:1;mem:64"))
        {
            using var run = first.Start("run", "--name", "long", "--instances", "2", "--cpus", "1", "--mem", "32", "--quiet", StartedTask.Line(starts, "exec sleep 100000"));
            await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 2), "a task runs on each agent");
            first.Process.KillHard();
            await first.Process.ExitAsync();
        }

        using (var second = await LocalCluster.StartAsync(machine, "--agents", "1", "--resources", "cpus:1;mem:64"))
        {
            second.Process.Interrupt();
            Assert.Equal(0, await second.Process.ExitAsync());
            Assert.Contains($"tepui: warning: {Path.Join(machine.Path, "agent-2")} is of an earlier run", second.Process.Errors, StringComparison.Ordinal);
            Assert.Contains($"(process {Assert.Single(machine.Supervisors())})", second.Process.Errors, StringComparison.Ordinal);
            Assert.Contains("start with --agents 2", second.Process.Errors, StringComparison.Ordinal);
            Assert.Single(StartedTask.Read(starts), task => task.IsAlive());
        }

        using var third = await LocalCluster.StartAsync(machine, "--agents", "2", "--resources", "cpus:1;mem:64");
        third.Process.Interrupt();
        Assert.Equal(0, await third.Process.ExitAsync());
        Assert.DoesNotContain("warning", third.Process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(StartedTask.Read(starts), task => task.IsAlive());
    }

    [Fact]
    public async Task Start_SameDataTwice_SecondEndsWithSeven()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);

        var (code, _, errors) = await TepuiProcess.RunAsync("local", "--work-dir", machine.Path, "--port", "0", "--agent-port", "0", "--services-port", "0", "--jobs-port", "0");

        Assert.Equal(7, code);
        Assert.Contains(machine.Path, errors, StringComparison.Ordinal);
        Assert.Contains(cluster.Process.Id.ToString(CultureInfo.InvariantCulture), errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_EndsWithFiveAndNamesIt()
    {
        using var machine = new Machine();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, _, errors) = await TepuiProcess.RunAsync("local", "--work-dir", machine.Path, "--port", port, "--agent-port", "0", "--services-port", "0", "--jobs-port", "0");

        Assert.Equal(5, code);
        Assert.Contains(port, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<int> Sleepers(Machine machine) =>
        [.. machine.Processes("sleep\01000").Order()];
}
