using Tepui.LoadTest.Frameworks;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.LoadTest.Rows;

/// <summary>Tasks per second of a pool.</summary>
internal static class Throughput
{
    /// <summary>Runs a warm-up round and then measured ones with one framework, and prints them.</summary>
    /// <param name="pool">Where.</param>
    /// <param name="what">Name of the figure.</param>
    /// <param name="target">What is wanted.</param>
    /// <param name="fill">Sets what a task runs.</param>
    /// <param name="settings">Number of runs.</param>
    /// <param name="tasks">Tasks of each.</param>
    /// <param name="check">Throws when the work was not done; runs before anything is printed.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task MeasureAsync(Pool pool, string what, string target, Action<TaskInfo> fill, RowSettings settings, int tasks, Func<int, Task> check, CancellationToken cancel)
    {
        var used = new List<IReadOnlyList<(string Who, TimeSpan Time)>>();
        await using var framework = new LoadFramework(pool.Master, fill);
        var took = await framework.RunAsync(settings.Runs + 1, tasks, () => used.Add(pool.ProcessorTimes()), cancel);
        var done = (settings.Runs + 1) * tasks;
        if (await pool.CounterAsync("master/tasks_finished") is var finished && finished != done)
        {
            throw new LoadTestException($"The master counts {finished} finished tasks; {done} were launched");
        }

        await check(done);
        Report.Print($"{what} ({tasks:N0} tasks a run)", "tasks/s", [.. took.Skip(1).Select(time => tasks / time.TotalSeconds)], target);
        Report.PrintProcessorTime(used[^1].Zip(used[1], (after, before) => (after.Who, after.Time - before.Time)), settings.Runs * tasks, "task");
        await framework.TeardownAsync(cancel);
    }
}
