using Tepui.LoadTest.Agents;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>Agents that all come at once.</summary>
internal sealed class RegisterRow() : Row("register", "New agents register over a connection each with a master that was just started: from the first connection to the last agent id. A run has a fresh master; no warm-up.")
{
    private const int AgentsDefault = 10_000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var agents = settings.Agents ?? AgentsDefault;
        var took = new List<double>();
        var memory = new List<double>();
        var used = TimeSpan.Zero;
        var own = TepuiProcess.ProcessorTime(Environment.ProcessId);
        for (var run = 0; run < settings.Runs; run++)
        {
            using var pool = Pool.Start(settings);
            var before = TepuiProcess.ProcessorTime(pool.MasterProcess.Id);
            using var rush = new RegistrationRush(pool.Master, agents);
            took.Add(rush.Run().TotalSeconds);
            used += TepuiProcess.ProcessorTime(pool.MasterProcess.Id) - before;
            memory.Add(TepuiProcess.ResidentMiB(pool.MasterProcess.Id));
            if (await pool.CounterAsync("master/slaves_active") is var active && active != agents)
            {
                throw new LoadTestException($"The master counts {active} agents; {agents} registered");
            }
        }

        Report.Print($"{agents:N0} agents register over loopback", "s", took, "at most 1");
        Report.Print($"resident memory of the master with {agents:N0} agents", "MiB", memory, "");
        own = TepuiProcess.ProcessorTime(Environment.ProcessId) - own;
        Report.PrintProcessorTime([("master", used), ("load test", own)], agents * settings.Runs, "agent");
    }
}
