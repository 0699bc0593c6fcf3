using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.LoadTest.Agents;
using Tepui.LoadTest.Processes;
using Tepui.LoadTest.Rows;

namespace Tepui.LoadTest.Services;

/// <summary>A durable master and a durable services scheduler as processes, and simulated agents whose tasks run until they are killed.</summary>
internal sealed class ServicesPool : IAsyncDisposable
{
    private const int Racks = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly SimulatedAgent[] _agents;
    private readonly HttpClient _http;

    private ServicesPool(Pool pool, SimulatedAgent[] agents, Uri services)
    {
        Pool = pool;
        _agents = agents;
        _http = new() { BaseAddress = services, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Master and services scheduler.</summary>
    public Pool Pool { get; }

    /// <summary>Where the services scheduler listens.</summary>
    public Uri Services => _http.BaseAddress!;

    /// <summary>Starts all of it; agents have 4 cores, 8 GiB, 1,001 ports and a rack each.</summary>
    public static async Task<ServicesPool> StartAsync(RowSettings settings, int agents, CancellationToken cancel)
    {
        var pool = Pool.Start(settings);
        var simulated = Enumerable.Range(0, agents).Select(_ => new SimulatedAgent(lasting: true, Racks)).ToArray();
        await Parallel.ForEachAsync(
            simulated.Select((agent, number) => (agent, number)),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancel },
            async (one, stop) => await one.agent.StartAsync(pool.Master, one.number, cpus: 4, memMb: 8192, stop));
        return new(pool, simulated, await pool.StartServicesAsync());
    }

    /// <summary>An app that is small enough for as many instances as are wanted.</summary>
    public static JsonObject App(string id, int instances) => new()
    {
        ["id"] = id,
        ["cmd"] = "sleep 100000",
        ["cpus"] = 0.1,
        ["mem"] = 32,
        ["instances"] = instances,
        ["backoffSeconds"] = 0,
    };

    /// <summary>Creates an app.</summary>
    public async Task CreateAsync(JsonObject app, CancellationToken cancel)
    {
        using var response = await _http.PostAsJsonAsync("/v2/apps", app, cancel);
        await CheckAsync(response, cancel);
    }

    /// <summary>Changes an app.</summary>
    public async Task ChangeAsync(string id, JsonObject change, CancellationToken cancel)
    {
        using var response = await _http.PutAsJsonAsync($"/v2/apps{id}", change, cancel);
        await CheckAsync(response, cancel);
    }

    /// <summary>Removes all apps and waits until nothing runs.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        using var response = await _http.DeleteAsync("/v2/groups?force=true", cancel);
        await CheckAsync(response, cancel);
        await SettledAsync(cancel);
        await UntilRunningAsync(0, cancel);
    }

    /// <summary>Waits until no deployment is under way.</summary>
    public Task SettledAsync(CancellationToken cancel) =>
        UntilAsync(async () => (await _http.GetStringAsync("/v2/deployments", cancel)).Trim() == "[]", "all deployments end", cancel);

    /// <summary>Waits until the apps together have so many running tasks.</summary>
    public Task UntilRunningAsync(int tasks, CancellationToken cancel) => UntilAsync(async () => await RunningAsync(cancel) == tasks, $"{tasks} tasks run", cancel);

    /// <summary>Running tasks of all apps.</summary>
    public async Task<int> RunningAsync(CancellationToken cancel)
    {
        using var apps = JsonDocument.Parse(await _http.GetByteArrayAsync("/v2/apps", cancel));
        return apps.RootElement.GetProperty("apps").EnumerateArray().Sum(app => app.GetProperty("tasksRunning").GetInt32());
    }

    /// <summary>Reads a page; gives its length in bytes.</summary>
    public async Task<int> ReadAsync(string path, CancellationToken cancel) => (await _http.GetByteArrayAsync(path, cancel)).Length;

    /// <summary>Reads a JSON document.</summary>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancel) => JsonDocument.Parse(await _http.GetByteArrayAsync(path, cancel));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        _http.Dispose();
        Pool.Dispose();
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new LoadTestException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} is answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancel)}");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Limit)
            {
                throw new LoadTestException(string.Create(CultureInfo.InvariantCulture, $"Not within {Limit.TotalSeconds:0} s: {what}"));
            }

            await Task.Delay(20, cancel);
        }
    }
}
