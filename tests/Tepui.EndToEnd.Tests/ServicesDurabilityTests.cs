using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>Services that are killed at any moment: what was answered is kept, and nothing runs twice. And services beside and below services.</summary>
public sealed class ServicesDurabilityTests
{
    [Fact]
    public async Task KilledAgainAndAgain_WhileAppsAreAddedAndScaled_LosesAndDuplicatesNothing()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        using var services = new ServicesProcess(machine, cluster.MasterAddress);
        await services.StartAsync();

        var wanted = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < 6; round++)
        {
            foreach (var app in Enumerable.Range(0, 4).Select(number => $"/round{round}/app{number}"))
            {
                await services.SendAsync(HttpMethod.Post, "/v2/apps", Sleeper(app, instances: 2), HttpStatusCode.Created);
                wanted[app] = 2;
            }

            if (round > 0)
            {
                var scaled = $"/round{round - 1}/app0";
                await services.SendAsync(HttpMethod.Put, $"/v2/apps{scaled}?force=true", new JsonObject { ["instances"] = 3 }, HttpStatusCode.OK);
                wanted[scaled] = 3;
            }

            // At once, or in the middle of the launches.
            if (round % 2 == 1)
            {
                await Machine.UntilAsync(async () => (await RunningAsync(cluster)).Count > wanted.Values.Sum() / 2, "half of the tasks run");
            }

            await services.KillHardAsync();
            await services.StartAsync();
            Assert.Equal(wanted, await AppsAsync(services));
        }

        await services.SettledAsync();
        await Machine.UntilAsync(async () => (await RunningAsync(cluster)).Count == wanted.Values.Sum(), "as many tasks run as are wanted");
        foreach (var (app, instances) in wanted)
        {
            Assert.Equal(instances, (await services.TasksAsync(app)).Count);
        }

        // Nothing is left over that the scheduler does not know of.
        var known = new List<string>();
        foreach (var app in wanted.Keys)
        {
            known.AddRange((await services.TasksAsync(app)).Select(task => task.GetProperty("id").GetString()!));
        }

        Assert.Equal((await RunningAsync(cluster)).Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SchedulerUnderAScheduler_RunsItsOwnAppsInItsOwnRole()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        using var outer = new ServicesProcess(machine, cluster.MasterAddress);
        await outer.StartAsync();
        var inner = new JsonObject
        {
            ["id"] = "/inner",
            ["cmd"] = $"exec '{TepuiProcess.Binary}' services --master={cluster.MasterAddress} --http_address=127.0.0.1 --http_port=$PORT0 --work_dir={Path.Join(machine.Path, "inner")} --framework_name=inner --mesos_role=inner",
            ["cpus"] = 0.5,
            ["mem"] = 256,
            ["healthChecks"] = new JsonArray(new JsonObject { ["protocol"] = "HTTP", ["path"] = "/ping", ["intervalSeconds"] = 1 }),
        };

        await outer.SendAsync(HttpMethod.Post, "/v2/apps", inner, HttpStatusCode.Created);
        await outer.SettledAsync();
        var port = Assert.Single(await outer.TasksAsync("/inner")).GetProperty("ports")[0].GetInt32();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        using var created = await http.PostAsync("/v2/apps", new StringContent(Sleeper("/below", instances: 2).ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var roles = new List<string>();
        await Machine.UntilAsync(
            async () =>
            {
                var app = JsonDocument.Parse(await http.GetStringAsync("/v2/apps/below")).RootElement.GetProperty("app");
                roles = [.. app.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("role").GetString()!)];
                return app.GetProperty("tasksRunning").GetInt32() == 2;
            },
            "the app of the inner scheduler runs");
        Assert.Equal(["inner", "inner"], roles);
        Assert.Equal(3, (await RunningAsync(cluster)).Count);
    }

    private static JsonObject Sleeper(string id, int instances) => new() { ["id"] = id, ["cmd"] = "exec sleep 1000", ["cpus"] = 0.1, ["mem"] = 32, ["instances"] = instances };

    private static async Task<SortedDictionary<string, int>> AppsAsync(ServicesProcess services)
    {
        var apps = await services.TryGetAsync("/v2/apps");
        return new(apps!.Value.GetProperty("apps").EnumerateArray().ToDictionary(app => app.GetProperty("id").GetString()!, app => app.GetProperty("instances").GetInt32()), StringComparer.Ordinal);
    }

    /// <summary>Ids of all tasks that the master says run.</summary>
    private static async Task<List<string>> RunningAsync(SeparateCluster cluster) => await cluster.ReadAsync($"http://{cluster.MasterAddress}/tasks?limit=1000") is { } answer
        ? [.. answer.GetProperty("tasks").EnumerateArray().Where(task => task.GetProperty("state").GetString() == "TASK_RUNNING").Select(task => task.GetProperty("id").GetString()!)]
        : [];
}
