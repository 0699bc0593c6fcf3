using System.Diagnostics;
using System.Globalization;
using Tepui.LoadTest.Jobs;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>Many jobs, held.</summary>
internal sealed class JobsHeldRow() : Row("jobs-held", "--tasks (100,000) scheduled jobs, none due: creation over HTTP, memory per job after --settle seconds, and time from the start of the process after kill -9 until it answers for a job. Memory is that of the first run.")
{
    private const int JobsDefault = 100_000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var count = settings.Tasks ?? JobsDefault;
        await using var pool = await JobsPool.StartAsync(settings, agents: 0, cancel);
        await Task.Delay(settings.Settle, cancel);
        var before = TepuiProcess.ResidentMiB(pool.Pool.JobsProcess!.Id);
        var began = Stopwatch.GetTimestamp();
        await pool.CreateAsync("iso8601", Enumerable.Range(0, count).Select(number => JobsPool.Scheduled(number, string.Create(CultureInfo.InvariantCulture, $"R/2099-{(number % 12) + 1:d2}-01T00:00:00Z/P1D"))), inOrder: false, cancel);
        var took = Stopwatch.GetElapsedTime(began);
        if (await pool.CountAsync(cancel) is var there && there != count)
        {
            throw new LoadTestException($"{there} of {count} jobs are there");
        }

        Report.Print($"jobs created per second over HTTP, up to {count:N0} jobs, durable", "jobs/s", [count / took.TotalSeconds], "-");
        await Task.Delay(settings.Settle, cancel);
        Report.Print($"memory of the jobs scheduler per job, {count:N0} jobs, {settings.Settle.TotalSeconds:0} s later", "KiB", [(TepuiProcess.ResidentMiB(pool.Pool.JobsProcess!.Id) - before) * 1024 / count], "at most 2");
        var starts = new List<double>();
        for (var run = 0; run < settings.Runs; run++)
        {
            starts.Add((await pool.RestartAsync("load-000000", cancel)).TotalSeconds);
        }

        if (await pool.CountAsync(cancel) is var back && back != count)
        {
            throw new LoadTestException($"{back} of {count} jobs are there after the restarts");
        }

        Report.Print($"start after kill -9 with {count:N0} jobs, until it answers for a job", "s", starts, "at most 2");
        await Task.Delay(settings.Settle, cancel);
        Report.Print($"resident memory of the jobs scheduler with {count:N0} jobs after a restart", "MiB", [TepuiProcess.ResidentMiB(pool.Pool.JobsProcess!.Id)], "-");
    }
}
