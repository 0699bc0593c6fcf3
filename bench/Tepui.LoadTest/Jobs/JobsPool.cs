using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.LoadTest.Agents;
using Tepui.LoadTest.Processes;
using Tepui.LoadTest.Rows;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.LoadTest.Jobs;

/// <summary>A durable master and a durable jobs scheduler as processes, and simulated agents whose tasks run for an instant.</summary>
internal sealed class JobsPool : IAsyncDisposable
{
    private const int Senders = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly List<SimulatedAgent> _agents = [];
    private HttpClient _http;

    private JobsPool(Pool pool)
    {
        Pool = pool;
        _http = Client(pool.StartJobs());
    }

    /// <summary>Master and jobs scheduler.</summary>
    public Pool Pool { get; }

    /// <summary>When a task came to an agent, and when its run was due, as the task's environment says.</summary>
    public ConcurrentQueue<(DateTimeOffset At, DateTimeOffset Due)> Starts { get; } = new();

    /// <summary>Starts all of it; agents have 4 cores, 8 GiB and 100 GB each.</summary>
    public static async Task<JobsPool> StartAsync(RowSettings settings, int agents, CancellationToken cancel)
    {
        var jobs = new JobsPool(Pool.Start(settings));
        await jobs.Pool.SubscribedAsync(1);
        jobs._agents.AddRange(Enumerable.Range(0, agents).Select(_ => new SimulatedAgent(diskMb: 100_000, started: jobs.Started)));
        await Parallel.ForEachAsync(
            jobs._agents.Select((agent, number) => (agent, number)),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancel },
            async (one, stop) => await one.agent.StartAsync(jobs.Pool.Master, one.number, cpus: 4, memMb: 8192, stop));
        return jobs;
    }

    /// <summary>A small scheduled job.</summary>
    public static JsonObject Scheduled(int number, string schedule) => new()
    {
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"load-{number:d6}"),
        ["command"] = "true",
        ["schedule"] = schedule,
        ["cpus"] = 0.01,
        ["mem"] = 8,
        ["disk"] = 1,
        ["epsilon"] = "PT10M",
    };

    /// <summary>A small job with one parent.</summary>
    public static JsonObject Dependent(int number, string parent)
    {
        var job = Scheduled(number, "");
        job.Remove("schedule");
        job["parents"] = new JsonArray(parent);
        return job;
    }

    /// <summary>Makes jobs, several at a time.</summary>
    /// <param name="path"><c>iso8601</c> or <c>dependency</c>.</param>
    /// <param name="jobs">Documents.</param>
    /// <param name="inOrder">One after the other.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task CreateAsync(string path, IEnumerable<JsonObject> jobs, bool inOrder, CancellationToken cancel) => Parallel.ForEachAsync(
        jobs,
        new ParallelOptions { MaxDegreeOfParallelism = inOrder ? 1 : Senders, CancellationToken = cancel },
        async (job, stop) =>
        {
            using var response = await _http.PostAsJsonAsync($"/v1/scheduler/{path}", job, stop);
            if (!response.IsSuccessStatusCode)
            {
                throw new LoadTestException($"{job["name"]} is answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(stop)}");
            }
        });

    /// <summary>Runs a job now.</summary>
    public async Task RunAsync(string job, CancellationToken cancel)
    {
        using var response = await _http.PutAsync($"/v1/scheduler/job/{job}", null, cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A job as it is now.</summary>
    public async Task<JsonElement> JobAsync(string job, CancellationToken cancel) => JsonDocument.Parse(await _http.GetByteArrayAsync($"/v1/scheduler/job/{job}", cancel)).RootElement;

    /// <summary>Removes all jobs.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        using var response = await _http.DeleteAsync("/v1/scheduler/jobs", cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How many jobs there are.</summary>
    public async Task<int> CountAsync(CancellationToken cancel)
    {
        using var jobs = JsonDocument.Parse(await _http.GetByteArrayAsync("/v1/scheduler/jobs", cancel));
        return jobs.RootElement.GetArrayLength();
    }

    /// <summary>Ends the scheduler as kill -9 does and starts it again; gives the time from the start of the process until it has answered for a job.</summary>
    public async Task<TimeSpan> RestartAsync(string job, CancellationToken cancel)
    {
        var port = _http.BaseAddress!.Port;
        Pool.JobsProcess!.Kill();
        var began = Stopwatch.GetTimestamp();
        _http.Dispose();
        _http = Client(Pool.StartJobs(port));
        await UntilAsync(
            async () =>
            {
                using var response = await _http.GetAsync(new Uri($"/v1/scheduler/job/{job}", UriKind.Relative), cancel);
                return response.IsSuccessStatusCode;
            },
            "the scheduler answers",
            cancel);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Waits until a condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Limit)
            {
                throw new LoadTestException(string.Create(CultureInfo.InvariantCulture, $"Not within {Limit.TotalSeconds:0} s: {what}"));
            }

            await Task.Delay(5, cancel);
        }
    }

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

    private static HttpClient Client(Uri address) => new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    private void Started(TaskInfo task)
    {
        var now = DateTimeOffset.UtcNow;
        if (task.Command?.Environment?.Variables.FirstOrDefault(variable => variable.Name == "TEPUI_DUE") is { } due)
        {
            Starts.Enqueue((now, DateTimeOffset.Parse(due.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
        }
    }
}
