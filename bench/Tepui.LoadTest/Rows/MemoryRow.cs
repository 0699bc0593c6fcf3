using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>What idle processes hold.</summary>
internal sealed class MemoryRow() : Row("memory", "Resident memory of a master, an agent registered with it, and its supervisor, after some idleness. Each run starts new processes.")
{
    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var (master, agent, supervisor) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < settings.Runs; run++)
        {
            using var pool = Pool.Start(settings);
            await pool.StartAgentAsync("cpus:5;mem:4000");
            await Task.Delay(settings.Settle, cancel);
            master.Add(TepuiProcess.ResidentMiB(pool.MasterProcess.Id));
            agent.Add(TepuiProcess.ResidentMiB(pool.AgentProcess!.Id));
            supervisor.Add(pool.Supervisors() is [var pid] ? TepuiProcess.ResidentMiB(pid) : throw new LoadTestException($"{pool.Supervisors().Count} supervisors run; one was expected"));
        }

        var idle = $"idle for {settings.Settle.TotalSeconds} s";
        Report.Print($"resident memory, master, {idle}", "MiB", master, "at most 75");
        Report.Print($"resident memory, agent, {idle}", "MiB", agent, "at most 75");
        Report.Print($"resident memory, supervisor, {idle}", "MiB", supervisor, "at most 40");
    }
}
