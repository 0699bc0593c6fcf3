using Tepui.LoadTest.Frameworks;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>One task at a time.</summary>
internal sealed class LatencyRow() : Row("latency", "One task `true` after another on one agent: from the ACCEPT to TASK_RUNNING at the framework. A warm-up run comes first.")
{
    private const int TasksDefault = 300;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var tasks = settings.Tasks ?? TasksDefault;
        var runs = new List<Series>();
        using var pool = Pool.Start(settings);
        await pool.StartAgentAsync("cpus:5;mem:4000");
        for (var run = 0; run <= settings.Runs; run++)
        {
            await using var framework = new LatencyFramework(pool.Master);
            var took = await framework.RunAsync(tasks, cancel);
            if (run > 0)
            {
                runs.Add(new(took));
            }
        }

        Report.Print($"ACCEPT to TASK_RUNNING, p50 of {tasks} tasks", "ms", [.. runs.Select(run => run.Percentile(0.5))], "at most 5");
        Report.Print($"ACCEPT to TASK_RUNNING, p99 of {tasks} tasks", "ms", [.. runs.Select(run => run.Percentile(0.99))], "at most 20");
    }
}
