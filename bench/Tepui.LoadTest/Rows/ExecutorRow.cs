using Tepui.LoadTest.Processes;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.LoadTest.Rows;

/// <summary>A framework's own executor.</summary>
internal sealed class ExecutorRow() : Row("executor", "Tasks through samples/HelloExecutor, which runs them in its own process: from the first ACCEPT to the last acknowledged TASK_FINISHED. A warm-up run comes first.")
{
    private const int TasksDefault = 20_000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        using var pool = Pool.Start(settings);
        await pool.StartAgentAsync("cpus:21;mem:16100");
        var executor = new ExecutorInfo
        {
            Type = ExecutorInfo.Types.Type.Custom,
            ExecutorId = new() { Value = "hello" },
            Command = new() { Value = $"exec '{Path.Join(AppContext.BaseDirectory, "HelloExecutor")}' --brief" },
        };
        await Throughput.MeasureAsync(
            pool,
            "tasks/s through a framework's own executor over HTTP",
            "at least 5,000",
            task => task.Executor = executor,
            settings,
            settings.Tasks ?? TasksDefault,
            done => CheckAsync(pool),
            cancel);
    }

    /// <summary>All tasks ran in one executor.</summary>
    private static Task CheckAsync(Pool pool)
    {
        var executors = Directory.EnumerateFiles(pool.Home, "stdout", SearchOption.AllDirectories).Count(file => !file.Contains("/latest/", StringComparison.Ordinal));
        return executors == 1 ? Task.CompletedTask : throw new LoadTestException($"{executors} executors ran; one was expected");
    }
}
