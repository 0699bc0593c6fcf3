using System.Text.Json.Nodes;
using Tepui.Frameworks.Hosting;

namespace Tepui.Jobs.Tests.Support;

/// <summary>A jobs scheduler in this process.</summary>
internal sealed class Jobs : TestScheduler
{
    private readonly Func<JobsSettings, JobsSettings> _configure;
    private readonly string _master;

    private Jobs(Func<JobsSettings, JobsSettings> configure, string master, string? directory)
        : base("tepui-jobs-", directory)
    {
        _configure = configure;
        _master = master;
    }

    public string StoreDirectory => Path.Join(WorkDirectory, "store");

    public static async Task<Jobs> StartAsync(Func<JobsSettings, JobsSettings>? configure = null, string master = "127.0.0.1:1", string? directory = null)
    {
        var jobs = new Jobs(configure ?? (settings => settings), master, directory);
        await jobs.StartAsync(port: 0);
        return jobs;
    }

    /// <summary>Another scheduler on the same data.</summary>
    public Task<FrameworkHost> StartSecondAsync() => StartHostAsync(port: 0);

    public Task<EventReader> EventsAsync(string query = "") => EventReader.OpenAsync(Http, new Uri(Host.Address, "/scheduler/events" + query));

    /// <summary>Waits until runs of a job meet a condition; gives them, newest first.</summary>
    public async Task<JsonArray> RunsAsync(string job, Func<JsonArray, bool> condition)
    {
        JsonArray runs = [];
        await Wait.UntilAsync(
            async () =>
            {
                var answer = await GetAsync($"/scheduler/job/{job}/runs");
                runs = answer.Code == 200 ? answer.Json.AsArray() : [];
                return condition(runs);
            },
            () => $"the runs of {job} are as wanted; now: {runs.ToJsonString()}");
        return runs;
    }

    /// <inheritdoc/>
    protected override Task<FrameworkHost> StartHostAsync(int port) =>
        JobsHost.StartAsync(_configure(new JobsSettings { Masters = [_master], WorkDirectory = WorkDirectory, Port = port, Durable = false }));
}
