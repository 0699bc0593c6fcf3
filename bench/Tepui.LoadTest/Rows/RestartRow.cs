using Tepui.LoadTest.Frameworks;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>A master that dies.</summary>
internal sealed class RestartRow() : Row("restart", "Tasks run on one agent; the master is killed with -9 and started at once on the same port and data: from the kill until the framework has seen every task running again.")
{
    private const int TasksDefault = 100;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var tasks = settings.Tasks ?? TasksDefault;
        using var pool = Pool.Start(settings);
        await pool.StartAgentAsync("cpus:5;mem:4000");
        await using var framework = new LastingFramework(pool.Master);
        var took = await framework.RunAsync(tasks, settings.Runs, pool.RestartMaster, cancel);
        Report.Print("master kill -9 and restart: framework subscribed again", "s", [.. took.Select(run => run.Subscribed.TotalSeconds)], "");
        Report.Print($"master kill -9 and restart: agent and {tasks} tasks back at the framework", "s", [.. took.Select(run => run.AllTasks.TotalSeconds)], "at most 2");
    }
}
