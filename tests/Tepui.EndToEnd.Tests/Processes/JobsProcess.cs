using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary><c>tepui jobs</c> as a process of its own.</summary>
internal sealed class JobsProcess(Machine machine, string master, params string[] flags) : SchedulerProcess(machine, "jobs", master, flags)
{
    /// <summary>Makes or replaces a job with a schedule.</summary>
    public Task CreateAsync(JsonObject job) => SendAsync(HttpMethod.Post, "/scheduler/iso8601", job, HttpStatusCode.NoContent);

    /// <summary>Runs a job now; gives the number of the run.</summary>
    public async Task<long> StartRunAsync(string job) => (await SendAsync(HttpMethod.Post, $"/scheduler/job/{job}/run", new JsonObject(), HttpStatusCode.OK)).GetProperty("run").GetInt64();

    /// <summary>One run, or <see langword="null"/> while nobody answers.</summary>
    public Task<JsonElement?> RunAsync(string job, long run) => TryGetAsync($"/scheduler/job/{job}/runs/{run}");

    /// <summary>Waits until a run is in a state.</summary>
    public Task InStateAsync(string job, long run, string state) => Machine.UntilAsync(
        async () => await RunAsync(job, run) is { } answer && answer.GetProperty("state").GetString() == state,
        $"run {run} of {job} is {state}\n{this}");

    /// <summary>States of the runs of a job by number.</summary>
    public async Task<SortedDictionary<long, string>> RunsAsync(string job) => await TryGetAsync($"/scheduler/job/{job}/runs?limit=1000") is { } runs
        ? new(runs.EnumerateArray().ToDictionary(run => run.GetProperty("run").GetInt64(), run => run.GetProperty("state").GetString()!))
        : [];
}
