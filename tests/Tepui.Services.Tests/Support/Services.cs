using System.Text.Json.Nodes;
using Tepui.Frameworks.Hosting;

namespace Tepui.Services.Tests.Support;

/// <summary>A services scheduler in this process.</summary>
internal sealed class Services : TestScheduler
{
    private readonly Func<ServicesSettings, ServicesSettings> _configure;
    private readonly string _master;

    private Services(Func<ServicesSettings, ServicesSettings> configure, string master, string? directory)
        : base("tepui-services-", directory)
    {
        _configure = configure;
        _master = master;
    }

    public static async Task<Services> StartAsync(Func<ServicesSettings, ServicesSettings>? configure = null, string master = "127.0.0.1:1", string? directory = null)
    {
        var services = new Services(configure ?? (settings => settings), master, directory);
        await services.StartAsync(port: 0);
        return services;
    }

    public Task<EventReader> EventsAsync(string query = "") => EventReader.OpenAsync(Http, new Uri(Host.Address, "/v2/events" + query));

    /// <summary>Waits until an app has so many running tasks; gives them.</summary>
    public async Task<JsonArray> RunningAsync(string app, int count)
    {
        JsonArray tasks = [];
        await Wait.UntilAsync(
            async () =>
            {
                var answer = await GetAsync($"/v2/apps{app}");
                tasks = answer.Code == 200 ? answer.Json["app"]!["tasks"]!.AsArray() : [];
                return tasks.Count == count && tasks.All(task => (string?)task!["state"] == "TASK_RUNNING");
            },
            () => $"{count} tasks of {app} run; now: {tasks.ToJsonString()}");
        return tasks;
    }

    /// <summary>Waits until no deployment is under way.</summary>
    public Task SettledAsync() => Wait.UntilAsync(async () => (await GetAsync("/v2/deployments")).Body == "[]", () => "all deployments have finished");

    /// <inheritdoc/>
    protected override Task<FrameworkHost> StartHostAsync(int port) =>
        ServicesHost.StartAsync(_configure(new ServicesSettings { Masters = [_master], WorkDirectory = WorkDirectory, Port = port, Durable = false }));
}
