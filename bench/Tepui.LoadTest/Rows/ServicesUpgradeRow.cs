using System.Diagnostics;
using System.Text.Json.Nodes;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Services;

namespace Tepui.LoadTest.Rows;

/// <summary>Replacing all instances of an app.</summary>
internal sealed class ServicesUpgradeRow() : Row("services-upgrade", "Rolling replacement of --tasks (1,000) instances on --agents (1,000) simulated agents: from PUT to the end of the deployment, with a quarter over capacity and nothing below.")
{
    private const int AgentsDefault = 1000;
    private const int InstancesDefault = 1000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var instances = settings.Tasks ?? InstancesDefault;
        await using var pool = await ServicesPool.StartAsync(settings, settings.Agents ?? AgentsDefault, cancel);
        var app = ServicesPool.App("/upgraded", instances);
        app["upgradeStrategy"] = new JsonObject { ["minimumHealthCapacity"] = 1, ["maximumOverCapacity"] = 0.25 };
        await pool.CreateAsync(app, cancel);
        await pool.SettledAsync(cancel);
        var took = new List<double>();
        for (var run = 0; run <= settings.Runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await pool.ChangeAsync("/upgraded", new JsonObject { ["env"] = new JsonObject { ["RUN"] = $"{run}" } }, cancel);
            await pool.SettledAsync(cancel);
            if (run > 0)
            {
                took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }

            using var now = await pool.GetAsync("/v2/apps//upgraded", cancel);
            var version = now.RootElement.GetProperty("app").GetProperty("versionInfo").GetProperty("lastConfigChangeAt").GetString();
            var tasks = now.RootElement.GetProperty("app").GetProperty("tasks");
            if (tasks.GetArrayLength() != instances || tasks.EnumerateArray().Any(task => string.CompareOrdinal(task.GetProperty("version").GetString(), version) < 0))
            {
                throw new LoadTestException($"The deployment ended with {tasks.GetArrayLength()} tasks, not all of version {version}");
            }
        }

        Report.Print($"rolling replacement of {instances:N0} instances (health capacity 1, over capacity 0.25)", "s", took, "-");
    }
}
