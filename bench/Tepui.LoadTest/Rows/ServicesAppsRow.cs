using System.Diagnostics;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Services;

namespace Tepui.LoadTest.Rows;

/// <summary>Many apps.</summary>
internal sealed class ServicesAppsRow() : Row("services-apps", "500 apps created at once, from the first POST to the end of all deployments; and GET /v2/apps with 1,000 apps and 10,000 instances, p50 of 20, on --agents (1,000) simulated agents.")
{
    private const int AgentsDefault = 1000;
    private const int AtOnce = 500;
    private const int Apps = 1000;
    private const int InstancesEach = 10;
    private const int Requests = 20;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        await using var pool = await ServicesPool.StartAsync(settings, settings.Agents ?? AgentsDefault, cancel);
        var took = new List<double>();
        for (var run = 0; run <= settings.Runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await CreateAsync(pool, AtOnce, 1, cancel);
            if (run > 0)
            {
                took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }

            await pool.ClearAsync(cancel);
        }

        Report.Print($"{AtOnce} apps of one instance created at once, to the end of all deployments", "s", took, "-");
        await CreateAsync(pool, Apps, InstancesEach, cancel);
        await MeasureAsync(pool, settings.Runs, "/v2/apps", cancel);
        await MeasureAsync(pool, settings.Runs, "/v2/apps?embed=apps.tasks", cancel);
    }

    private static async Task CreateAsync(ServicesPool pool, int apps, int instances, CancellationToken cancel)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, apps),
            new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = cancel },
            async (app, stop) => await pool.CreateAsync(ServicesPool.App($"/many/group-{app / 50}/app-{app}", instances), stop));
        await pool.SettledAsync(cancel);
        var running = await pool.RunningAsync(cancel);
        if (running != apps * instances)
        {
            throw new LoadTestException($"The deployments ended with {running} of {apps * instances} running instances");
        }
    }

    private static async Task MeasureAsync(ServicesPool pool, int runs, string path, CancellationToken cancel)
    {
        var medians = new List<double>();
        var bytes = 0;
        for (var run = 0; run <= runs; run++)
        {
            var took = new List<double>();
            for (var i = 0; i < Requests; i++)
            {
                var began = Stopwatch.GetTimestamp();
                bytes = await pool.ReadAsync(path, cancel);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            if (run > 0)
            {
                medians.Add(new Series(took).Median);
            }
        }

        Report.Print($"GET {path}, {Apps:N0} apps, {Apps * InstancesEach:N0} instances, p50 of {Requests} ({bytes:N0} bytes)", "ms", medians, "at most 100");
    }
}
