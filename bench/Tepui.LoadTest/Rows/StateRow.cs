using System.Diagnostics;
using System.Text.Json;
using Tepui.LoadTest.Agents;
using Tepui.LoadTest.Frameworks;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>The page that dashboards poll.</summary>
internal sealed class StateRow() : Row("state", "GET /state over one kept connection, p50 of 50: with many simulated agents, and with 1,000 completed tasks; as it is, and with a change of the state before each request. A warm-up of 50 comes first.")
{
    private const int AgentsDefault = 10_000;
    private const int TasksDefault = 1000;
    private const int Requests = 50;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        await MeasureAgentsAsync(settings, settings.Agents ?? AgentsDefault, cancel);
        await MeasureTasksAsync(settings, settings.Tasks ?? TasksDefault, cancel);
    }

    private static async Task MeasureAgentsAsync(RowSettings settings, int agents, CancellationToken cancel)
    {
        using var pool = Pool.Start(settings);
        using var rush = new RegistrationRush(pool.Master, agents);
        rush.Run();
        var next = agents;
        var joining = new List<SimulatedAgent>();
        async Task JoinAsync()
        {
            joining.Add(new());
            await joining[^1].StartAsync(pool.Master, next++, cpus: 8, memMb: 16_384, cancel);
        }

        Func<JsonElement, (int, int)> check = state => (state.GetProperty("slaves").GetArrayLength(), next);
        try
        {
            await MeasureAsync(pool, settings.Runs, $"/state with {agents:N0} agents", "at most 30", () => Task.CompletedTask, check, cancel);
            await MeasureAsync(pool, settings.Runs, $"/state with {agents:N0} agents, one more before each request", "at most 30", JoinAsync, check, cancel);
        }
        finally
        {
            foreach (var agent in joining)
            {
                await agent.DisposeAsync();
            }
        }
    }

    private static async Task MeasureTasksAsync(RowSettings settings, int tasks, CancellationToken cancel)
    {
        using var pool = Pool.Start(settings);
        await using var agent = new SimulatedAgent();
        await agent.StartAsync(pool.Master, 0, cpus: 20, memMb: 16_000, cancel);
        await using var framework = new LoadFramework(pool.Master, task => task.Command = new() { Value = "true" });
        await framework.RunAsync(1, tasks, () => { }, cancel);
        var others = new List<SimulatedAgent>();
        async Task JoinAsync()
        {
            others.Add(new());
            await others[^1].StartAsync(pool.Master, others.Count, cpus: 8, memMb: 16_384, cancel);
        }

        Func<JsonElement, (int, int)> check = state => (state.GetProperty("frameworks").EnumerateArray().Sum(known => known.GetProperty("completed_tasks").GetArrayLength()), tasks);
        try
        {
            await MeasureAsync(pool, settings.Runs, $"/state with {tasks:N0} completed tasks", "at most 3", () => Task.CompletedTask, check, cancel);
            await MeasureAsync(pool, settings.Runs, $"/state with {tasks:N0} completed tasks, a new agent before each request", "at most 3", JoinAsync, check, cancel);
        }
        finally
        {
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }
    }

    private static async Task MeasureAsync(Pool pool, int runs, string what, string target, Func<Task> change, Func<JsonElement, (int Found, int Wanted)> check, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = pool.Master };
        var medians = new List<double>();
        var buffer = new byte[256 * 1024];
        var before = TimeSpan.Zero;
        long bytes = 0;
        for (var run = 0; run <= runs; run++)
        {
            var took = new List<double>();
            for (var i = 0; i < Requests; i++)
            {
                await change();
                var began = Stopwatch.GetTimestamp();
                bytes = await ReadAsync(http, buffer, cancel);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            if (run == 0)
            {
                before = TepuiProcess.ProcessorTime(pool.MasterProcess.Id);
            }
            else
            {
                medians.Add(new Series(took).Median);
            }
        }

        var used = TepuiProcess.ProcessorTime(pool.MasterProcess.Id) - before;
        using var document = JsonDocument.Parse(await http.GetByteArrayAsync("/state", cancel));
        if (check(document.RootElement) is var (found, wanted) && found != wanted)
        {
            throw new LoadTestException($"{what} lists {found}");
        }

        Report.Print($"{what}, p50 of {Requests} ({bytes:N0} bytes)", "ms", medians, target);
        Report.PrintProcessorTime([("master", used)], runs * Requests, "request and change");
    }

    private static async Task<long> ReadAsync(HttpClient http, byte[] buffer, CancellationToken cancel)
    {
        using var response = await http.GetAsync("/state", HttpCompletionOption.ResponseHeadersRead, cancel);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        long bytes = 0;
        while (await body.ReadAsync(buffer, cancel) is var count and > 0)
        {
            bytes += count;
        }

        return bytes;
    }
}
