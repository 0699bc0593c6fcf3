using System.Text.Json;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary><c>tepui services</c> as a process of its own.</summary>
internal sealed class ServicesProcess(Machine machine, string master) : SchedulerProcess(machine, "services", master)
{
    /// <summary>Tasks of an app as they are now; none while nobody answers.</summary>
    public async Task<IReadOnlyList<JsonElement>> TasksAsync(string app) =>
        await TryGetAsync($"/v2/apps{app}/tasks") is { } answer ? [.. answer.GetProperty("tasks").EnumerateArray()] : [];

    /// <summary>Waits until no deployment is under way.</summary>
    public Task SettledAsync() => Machine.UntilAsync(
        async () => await TryGetAsync("/v2/deployments") is { } running && running.GetArrayLength() == 0,
        "no deployment is under way");
}
