using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>Real processes on one agent.</summary>
internal sealed class ProcessesRow() : Row("processes", "Tasks `true` as processes on one agent, up to 500 at a time: from the first ACCEPT to the last acknowledged TASK_FINISHED. A warm-up run comes first.")
{
    private const int TasksDefault = 5000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        using var pool = Pool.Start(settings);
        await pool.StartAgentAsync("cpus:5;mem:4000");
        await Throughput.MeasureAsync(
            pool,
            "`true` tasks/s, real processes, one agent",
            "at least 1,000",
            task => task.Command = new() { Value = "true" },
            settings,
            settings.Tasks ?? TasksDefault,
            done => CheckAsync(pool, done),
            cancel);
    }

    /// <summary>Each task had a sandbox of its own.</summary>
    private static Task CheckAsync(Pool pool, int done)
    {
        var sandboxes = Directory.EnumerateFiles(pool.Home, "stdout", SearchOption.AllDirectories).Count(file => !file.Contains("/latest/", StringComparison.Ordinal));
        return sandboxes == done ? Task.CompletedTask : throw new LoadTestException($"{sandboxes} sandboxes with a stdout for {done} tasks");
    }
}
