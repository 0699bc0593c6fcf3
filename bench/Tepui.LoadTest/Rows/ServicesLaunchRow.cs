using System.Diagnostics;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;
using Tepui.LoadTest.Services;

namespace Tepui.LoadTest.Rows;

/// <summary>From the wish to have instances to all of them running.</summary>
internal sealed class ServicesLaunchRow() : Row("services", "From POST /v2/apps to the end of all deployments with 1, 100, 1,000 and --tasks (50,000) instances of 4 apps on --agents (10,000) simulated agents, durable; and memory per instance. One run of 1,000 comes first.")
{
    private const int AgentsDefault = 10_000;
    private const int InstancesDefault = 50_000;
    private const int Apps = 4;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var (agents, most) = (settings.Agents ?? AgentsDefault, settings.Tasks ?? InstancesDefault);
        await using var pool = await ServicesPool.StartAsync(settings, agents, cancel);
        await LaunchAsync(pool, 1000, cancel);
        await pool.ClearAsync(cancel);
        foreach (var instances in new[] { 1, 100, 1000, most }.Distinct())
        {
            var took = new List<double>();
            var memory = new List<double>();
            var used = new List<IReadOnlyList<(string Who, TimeSpan Time)>>();
            for (var run = 0; run < (instances == most ? Math.Min(settings.Runs, 3) : settings.Runs); run++)
            {
                var before = TepuiProcess.ResidentMiB(pool.Pool.ServicesProcess!.Id);
                used.Add(pool.Pool.ProcessorTimes());
                took.Add((await LaunchAsync(pool, instances, cancel)).TotalSeconds);
                used.Add(pool.Pool.ProcessorTimes());
                if (instances == most)
                {
                    await Task.Delay(settings.Settle, cancel);
                }

                memory.Add((TepuiProcess.ResidentMiB(pool.Pool.ServicesProcess!.Id) - before) * 1024 / instances);
                await pool.ClearAsync(cancel);
            }

            var target = instances == InstancesDefault ? "at most 10" : "-";
            Report.Print($"POST to {instances:N0} running instances of {Math.Min(Apps, instances)} apps, {agents:N0} simulated agents, durable", "s", took, target);
            Report.PrintProcessorTime(used[^1].Zip(used[^2], (after, before) => (after.Who, after.Time - before.Time)), instances, "instance");
            if (instances == most)
            {
                Report.Print($"memory of the services scheduler per instance, first run of {instances:N0}, {settings.Settle.TotalSeconds:0} s later", "KiB", [memory[0]], "at most 3");
            }
        }
    }

    private static async Task<TimeSpan> LaunchAsync(ServicesPool pool, int instances, CancellationToken cancel)
    {
        var apps = Math.Min(Apps, instances);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, apps).Select(app => pool.CreateAsync(ServicesPool.App($"/load/app-{app}", (instances / apps) + (app < instances % apps ? 1 : 0)), cancel)));
        await pool.SettledAsync(cancel);
        var took = Stopwatch.GetElapsedTime(began);
        var running = await pool.RunningAsync(cancel);
        return running == instances ? took : throw new LoadTestException($"The deployments ended with {running} of {instances} running instances");
    }
}
