using System.Diagnostics;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>Ctrl-C and SIGTERM: a clean end, soon.</summary>
public sealed class StopTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int Stop = 19;
    private const int Continue = 18;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task MasterAndAgent_TasksRunning_StopAndLeaveTheTasks(int signal)
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var starts = Path.Join(machine.Path, "starts");
        using var run = TepuiProcess.Start("run", "--name", "long", "--instances", "2", "--quiet", "--master", cluster.MasterAddress, StartedTask.Line(starts, "exec sleep 100000"));
        await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 2), "two tasks run");

        await StopsAsync(cluster.Agent, signal);
        await StopsAsync(cluster.Master, signal);

        Assert.All(StartedTask.Read(starts), task => Assert.True(task.IsAlive()));
        await cluster.StartMasterAsync();
        await cluster.StartAgentAsync();
        await cluster.RegisteredAsync();
        run.Interrupt();
        Assert.Equal(130, await run.ExitAsync());
        await Machine.UntilAsync(() => Task.FromResult(!StartedTask.Read(starts).Any(task => task.IsAlive())), "the tasks are killed");
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task Local_TasksRunning_StopsAndEndsThem(int signal)
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);
        var starts = Path.Join(machine.Path, "starts");
        using var run = cluster.Start("run", "--name", "long", "--instances", "2", "--quiet", StartedTask.Line(starts, "exec sleep 100000"));
        await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 2), "two tasks run");

        await StopsAsync(cluster.Process, signal);

        Assert.DoesNotContain(StartedTask.Read(starts), task => task.IsAlive());
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task Local_WhileItStarts_EndsTheTasksOfTheRunBefore(int signal)
    {
        using var machine = new Machine();
        var (tasks, supervisor) = await KilledHardAsync(machine);
        using var local = await HeldAtItsStartAsync(machine, supervisor);

        local.Signal(signal);
        await local.ForTextAsync("stopping as soon as the start is through");
        Machine.Signal(supervisor, Continue);
        var code = await local.ExitAsync();

        Assert.True(code == 0, $"ended with {code}: {local}");
        Assert.DoesNotContain("ready in", local.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(tasks, task => task.IsAlive());
        await Machine.UntilAsync(() => Task.FromResult(machine.Supervisors().Count == 0), "no supervisor is left");
    }

    [Fact]
    public async Task Local_TwiceWhileItStarts_StopsAtOnceAndLeavesTheTasks()
    {
        using var machine = new Machine();
        var (tasks, supervisor) = await KilledHardAsync(machine);
        using var local = await HeldAtItsStartAsync(machine, supervisor);

        local.Signal(Terminate);
        await local.ForTextAsync("stopping as soon as the start is through");
        local.Signal(Terminate);
        var code = await local.ExitAsync();

        Assert.True(code == 130, $"ended with {code}: {local}");
        Assert.All(tasks, task => Assert.True(task.IsAlive()));
    }

    [Fact]
    public async Task Agent_WithoutAMaster_StopsAtOnce()
    {
        using var machine = new Machine();
        using var cluster = new SeparateCluster(machine);
        await cluster.StartAgentAsync();

        await StopsAsync(cluster.Agent, Terminate);
    }

    /// <summary>What a cluster with two tasks leaves when it is killed.</summary>
    private static async Task<(IReadOnlyList<StartedTask> Tasks, int Supervisor)> KilledHardAsync(Machine machine)
    {
        using var cluster = await LocalCluster.StartAsync(machine);
        var starts = Path.Join(machine.Path, "starts");
        using var run = cluster.Start("run", "--name", "long", "--instances", "2", "--quiet", StartedTask.Line(starts, "exec sleep 100000"));
        await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 2), "two tasks run");
        cluster.Process.KillHard();
        await cluster.Process.ExitAsync();
        return (StartedTask.Read(starts), Assert.Single(machine.Supervisors()));
    }

    /// <summary>A start on that data that cannot come to its end, since the supervisor is stopped and does not answer.</summary>
    private static async Task<TepuiProcess> HeldAtItsStartAsync(Machine machine, int supervisor)
    {
        Machine.Signal(supervisor, Stop);
        var local = TepuiProcess.Start("local", "--work-dir", machine.Path, "--port", "0", "--agent-port", "0", "--services-port", "0", "--jobs-port", "0");
        var holder = Path.Join(machine.Path, "master", "registry", "LOCK.pid");
        await Machine.UntilAsync(() => Task.FromResult(local.HasExited || File.ReadAllText(holder) == $"{local.Id}"), "the master starts");
        return local;
    }

    private static async Task StopsAsync(TepuiProcess process, int signal)
    {
        var began = Stopwatch.GetTimestamp();
        process.Signal(signal);
        var code = await process.ExitAsync();
        Assert.True(code == 0, $"ended with {code}: {process}");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Soon);
        Assert.DoesNotContain("ERROR", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }
}
