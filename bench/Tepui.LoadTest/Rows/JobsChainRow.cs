using System.Diagnostics;
using Tepui.LoadTest.Jobs;
using Tepui.LoadTest.Measuring;

namespace Tepui.LoadTest.Rows;

/// <summary>A long chain of jobs.</summary>
internal sealed class JobsChainRow() : Row("jobs-chain", "A chain of --tasks (1,000) jobs, each the parent of the next, on 10 simulated agents, durable: from the start of the first by hand to the success of the last. One run comes first.")
{
    private const int JobsDefault = 1000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var count = settings.Tasks ?? JobsDefault;
        await using var pool = await JobsPool.StartAsync(settings, settings.Agents ?? 10, cancel);
        await pool.CreateAsync("iso8601", [JobsPool.Scheduled(0, "R/2099-01-01T00:00:00Z/P1D")], inOrder: true, cancel);
        await pool.CreateAsync("dependency", Enumerable.Range(1, count - 1).Select(number => JobsPool.Dependent(number, $"load-{number - 1:d6}")), inOrder: true, cancel);
        var took = new List<double>();
        for (var run = 0; run <= settings.Runs; run++)
        {
            var (last, wanted) = ($"load-{count - 1:d6}", run + 1);
            var began = Stopwatch.GetTimestamp();
            await pool.RunAsync("load-000000", cancel);
            await JobsPool.UntilAsync(async () => (await pool.JobAsync(last, cancel)).GetProperty("successCount").GetInt64() == wanted, $"{last} succeeds {wanted} times", cancel);
            if (run > 0)
            {
                took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }

        Report.Print($"chain of {count:N0} jobs, from the first start to the last success, durable", "s", took, "-");
        Report.Print("of that, per job", "ms", [.. took.Select(seconds => seconds * 1000 / count)], "-");
    }
}
