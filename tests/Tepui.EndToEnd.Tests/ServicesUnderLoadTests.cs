using System.Net;
using System.Text.Json.Nodes;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>A real web server as an app, under constant load: replacing all of it, and killing what manages it, loses no request that a client with one retry would see.</summary>
public sealed class ServicesUnderLoadTests
{
    private const int Instances = 3;

    [Fact]
    public async Task RollingReplacement_UnderLoad_LosesNoRequest() => await UnderLoadAsync(async (_, services, visitors) =>
    {
        var before = await IdsAsync(services);
        await services.SendAsync(HttpMethod.Put, "/v2/apps/web", new JsonObject { ["env"] = new JsonObject { ["VERSION"] = "2" } }, HttpStatusCode.OK);
        await services.SettledAsync();

        var after = await IdsAsync(services);
        Assert.Equal(Instances, after.Count);
        Assert.Empty(after.Intersect(before));
        await visitors.MoreAsync(200);
    });

    [Fact]
    public async Task ServicesKilledInTheMiddleOfAReplacement_UnderLoad_LosesNoRequestAndGoesOn() => await UnderLoadAsync(async (_, services, visitors) =>
    {
        var before = await IdsAsync(services);
        await services.SendAsync(HttpMethod.Put, "/v2/apps/web", new JsonObject { ["env"] = new JsonObject { ["VERSION"] = "2" } }, HttpStatusCode.OK);
        await services.KillHardAsync();
        await visitors.MoreAsync(100);
        await services.StartAsync();
        await services.SettledAsync();

        var after = await IdsAsync(services);
        Assert.Equal(Instances, after.Count);
        Assert.Empty(after.Intersect(before));
        await visitors.MoreAsync(200);
    });

    [Fact]
    public async Task AgentKilled_UnderLoad_KeepsTheInstancesAndLosesNoRequest() => await UnderLoadAsync(async (cluster, services, visitors) =>
    {
        var before = await IdsAsync(services);
        cluster.Agent.KillHard();
        await cluster.Agent.ExitAsync();
        await visitors.MoreAsync(200);
        await cluster.StartAgentAsync();
        await cluster.RegisteredAsync();
        await visitors.MoreAsync(200);

        Assert.Equal(before.Order(StringComparer.Ordinal), (await IdsAsync(services)).Order(StringComparer.Ordinal));
    });

    [Fact]
    public async Task MasterKilled_UnderLoad_KeepsTheInstancesAndLosesNoRequest() => await UnderLoadAsync(async (cluster, services, visitors) =>
    {
        var before = await IdsAsync(services);
        cluster.Master.KillHard();
        await cluster.Master.ExitAsync();
        await visitors.MoreAsync(200);
        await cluster.StartMasterAsync();
        await cluster.RegisteredAsync();
        await visitors.MoreAsync(200);
        Assert.Equal(before.Order(StringComparer.Ordinal), (await IdsAsync(services)).Order(StringComparer.Ordinal));

        // And the scheduler works on with the new master.
        await services.SendAsync(HttpMethod.Put, "/v2/apps/web", new JsonObject { ["instances"] = Instances + 1 }, HttpStatusCode.OK);
        await services.SettledAsync();
        Assert.Equal(Instances + 1, (await IdsAsync(services)).Count);
    });

    private static async Task UnderLoadAsync(Func<SeparateCluster, ServicesProcess, Visitors, Task> act)
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        using var services = new ServicesProcess(machine, cluster.MasterAddress);
        await services.StartAsync();
        await services.SendAsync(HttpMethod.Post, "/v2/apps", Web(), HttpStatusCode.Created);
        await services.SettledAsync();
        await using var visitors = new Visitors(services, "/web", workers: 4);
        await visitors.MoreAsync(100);

        try
        {
            await act(cluster, services, visitors);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{services}\n{cluster}", late);
        }

        Assert.True(visitors.Lost.Count == 0, $"{visitors.Lost.Count} of {visitors.Served} requests were lost: {string.Join(" | ", visitors.Lost.Take(10))}\n{services}");
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(ServicesProcess services) => [.. (await services.TasksAsync("/web")).Select(task => task.GetProperty("id").GetString()!)];

    // A server that goes on for a moment after it was asked to end, so that whoever sends requests there hears of it first.
    private static JsonObject Web() => new()
    {
        ["id"] = "/web",
        ["cmd"] = "python3 -u -m http.server --bind 127.0.0.1 $PORT & server=$!; trap 'sleep 1; kill $server; exit 0' TERM; while kill -0 $server; do wait $server; done",
        ["cpus"] = 0.1,
        ["mem"] = 64,
        ["instances"] = Instances,
        ["taskKillGracePeriodSeconds"] = 10,
        ["upgradeStrategy"] = new JsonObject { ["minimumHealthCapacity"] = 1, ["maximumOverCapacity"] = 0.5 },
        ["healthChecks"] = new JsonArray(new JsonObject { ["protocol"] = "HTTP", ["path"] = "/", ["portIndex"] = 0, ["intervalSeconds"] = 1, ["gracePeriodSeconds"] = 60, ["timeoutSeconds"] = 20, ["maxConsecutiveFailures"] = 10 }),
    };
}
