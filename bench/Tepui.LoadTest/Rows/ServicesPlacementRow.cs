using System.Diagnostics;
using System.Text.Json.Nodes;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Services;

namespace Tepui.LoadTest.Rows;

/// <summary>Placement under constraints.</summary>
internal sealed class ServicesPlacementRow() : Row("services-placement", "From POST to all running with constraints, --tasks (5,000) instances on --agents (10,000) simulated agents in 50 racks: none, UNIQUE by host, GROUP_BY rack, MAX_PER rack.")
{
    private const int AgentsDefault = 10_000;
    private const int InstancesDefault = 5000;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var instances = settings.Tasks ?? InstancesDefault;
        await using var pool = await ServicesPool.StartAsync(settings, settings.Agents ?? AgentsDefault, cancel);
        await MeasureAsync(pool, settings.Runs, instances, "no constraint", null, cancel);
        await MeasureAsync(pool, settings.Runs, instances, "hostname UNIQUE", ["hostname", "UNIQUE"], cancel);
        await MeasureAsync(pool, settings.Runs, instances, "rack GROUP_BY 50", ["rack", "GROUP_BY", "50"], cancel);
        await MeasureAsync(pool, settings.Runs, instances, $"rack MAX_PER {instances / 50}", ["rack", "MAX_PER", $"{instances / 50}"], cancel);
    }

    private static async Task MeasureAsync(ServicesPool pool, int runs, int instances, string what, string[]? constraint, CancellationToken cancel)
    {
        var took = new List<double>();
        for (var run = 0; run <= runs; run++)
        {
            var app = ServicesPool.App("/placed", instances);
            if (constraint is not null)
            {
                app["constraints"] = new JsonArray(new JsonArray([.. constraint.Select(part => JsonValue.Create(part))]));
            }

            var began = Stopwatch.GetTimestamp();
            await pool.CreateAsync(app, cancel);
            await pool.SettledAsync(cancel);
            if (run > 0)
            {
                took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }

            await CheckAsync(pool, instances, constraint, cancel);
            await pool.ClearAsync(cancel);
        }

        Report.Print($"POST to {instances:N0} running instances, {what}", "s", took, "-");
    }

    private static async Task CheckAsync(ServicesPool pool, int instances, string[]? constraint, CancellationToken cancel)
    {
        using var page = await pool.GetAsync("/v2/apps//placed", cancel);
        var hosts = page.RootElement.GetProperty("app").GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("host").GetString()!).ToList();
        if (hosts.Count != instances)
        {
            throw new LoadTestException($"{hosts.Count} of {instances} instances run");
        }

        // Host names are sim-<number>, and the rack is the number modulo 50.
        var most = constraint is ["hostname", ..] ? hosts.GroupBy(host => host, StringComparer.Ordinal).Max(group => group.Count())
            : hosts.GroupBy(host => int.Parse(host["sim-".Length..], System.Globalization.CultureInfo.InvariantCulture) % 50).Max(group => group.Count());
        var allowed = constraint switch { null => instances, ["hostname", ..] => 1, _ => instances / 50 };
        if (most > allowed)
        {
            throw new LoadTestException($"{string.Join(' ', constraint!)} allows {allowed} in one place; {most} are there");
        }
    }
}
