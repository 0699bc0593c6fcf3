using System.Diagnostics;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>Ctrl-C and SIGTERM: a clean end, soon.</summary>
public sealed class StopTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
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

    [Fact]
    public async Task Agent_WithoutAMaster_StopsAtOnce()
    {
        using var machine = new Machine();
        using var cluster = new SeparateCluster(machine);
        await cluster.StartAgentAsync();

        await StopsAsync(cluster.Agent, Terminate);
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
