using System.Text.Json.Nodes;

namespace Tepui.Services.Tests.Clients;

/// <summary>There are clients that fail on any member or event they do not know: they get Marathon's alone; what is more comes when asked for.</summary>
public sealed class StrictClientTests(Cluster cluster) : IClassFixture<Cluster>
{
    private static readonly string[] OfApp =
    [
        "id", "acceptedResourceRoles", "args", "backoffFactor", "backoffSeconds", "cmd", "constraints", "container", "cpus", "dependencies", "disk", "env", "executor", "fetch", "healthChecks", "instances", "labels",
        "maxLaunchDelaySeconds", "mem", "gpus", "networks", "portDefinitions", "readinessChecks", "requirePorts", "secrets", "taskKillGracePeriodSeconds", "upgradeStrategy", "user", "version", "versionInfo", "killSelection",
        "unreachableStrategy", "role", "tasksStaged", "tasksRunning", "tasksHealthy", "tasksUnhealthy", "deployments", "readinessCheckResults", "tasks", "lastTaskFailure",
    ];

    private static readonly string[] OfTask =
    [
        "appId", "healthCheckResults", "host", "id", "ipAddresses", "ports", "servicePorts", "slaveId", "state", "stagedAt", "startedAt", "version", "localVolumes", "region", "zone", "role",
    ];

    private static readonly string[] OfDeployment = ["id", "version", "affectedApps", "affectedPods", "steps", "currentActions", "currentStep", "totalSteps"];

    private static readonly string[] OfGroup = ["id", "apps", "pods", "groups", "dependencies", "version", "enforceRole"];

    private Support.Services Services => cluster.Services;

    [Fact]
    public async Task App_ThatCrashes_ShowsItOnlyWhenAsked()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/strict/crashes","cmd":"exit 3","cpus":0.1,"mem":32,"backoffSeconds":0,"maxLaunchDelaySeconds":1}""");
        await Wait.UntilAsync(async () => (await Services.GetAsync("/v2/apps/strict/crashes?extras=true")).Json["app"]!["crashLoop"] is not null, () => "the app is known to crash");

        var app = (await Services.GetAsync("/v2/apps/strict/crashes?embed=app.readiness")).Json["app"]!;
        var listed = (await Services.GetAsync("/v2/apps?id=strict&embed=apps.tasks&embed=apps.lastTaskFailure")).Json["apps"]![0]!;
        var group = (await Services.GetAsync("/v2/groups/strict?embed=group.apps&embed=group.apps.tasks")).Json;
        var byHeader = await Services.GetAsync("/v2/apps/strict/crashes", ("X-Tepui-Extras", "true"));

        OnlyHas(app, OfApp);
        OnlyHas(listed, OfApp);
        OnlyHas(group, OfGroup);
        OnlyHas(group["apps"]![0]!, OfApp);
        Assert.NotNull(byHeader.Json["app"]!["crashLoop"]);
        await Services.DeleteAsync("/v2/apps/strict/crashes?force=true");
    }

    [Fact]
    public async Task Task_Listed_HasMembersOfMarathonAlone()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/stricttask","cmd":"sleep 1000","cpus":0.1,"mem":32}""");

        var tasks = await Services.RunningAsync("/stricttask", 1);

        OnlyHas(tasks[0]!, OfTask);
        await Services.DeleteAsync("/v2/apps/stricttask?force=true");
    }

    [Fact]
    public async Task PodInstance_Ended_IsToldWithAllItsMembers()
    {
        await Services.PostAsync("/v2/pods", """{"id":"/strictpod","containers":[{"name":"main","exec":{"command":{"shell":"sleep 1000"}},"resources":{"cpus":0.1,"mem":32}}],"scheduling":{"unreachableStrategy":{"inactiveAfterSeconds":5,"expungeAfterSeconds":7}}}""");
        await Wait.UntilAsync(async () => (string?)(await Services.GetAsync("/v2/pods/strictpod::status")).Json["status"] == "STABLE", () => "the pod runs");
        var id = (string)(await Services.GetAsync("/v2/pods/strictpod::status")).Json["instances"]![0]!["id"]!;

        var ended = (await Services.DeleteAsync($"/v2/pods/strictpod::instances/{id}")).Json;

        Assert.Equal(id, (string?)ended["instanceId"]);
        OnlyHas(ended, ["instanceId", "state", "agentInfo", "runSpecVersion", "unreachableStrategy"]);
        Assert.Equal("""{"inactiveAfterSeconds":5,"expungeAfterSeconds":7}""", ended["unreachableStrategy"]!.ToJsonString());
        await Services.DeleteAsync("/v2/pods/strictpod?force=true");
    }

    [Fact]
    public async Task Deployment_Listed_ShowsProgressOnlyWhenAsked()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/strictlarge","cmd":"sleep 1000","cpus":9000,"mem":32}""");

        var plain = Of((await Services.GetAsync("/v2/deployments")).Json);
        var more = Of((await Services.GetAsync("/v2/deployments?extras=true")).Json);

        OnlyHas(plain, OfDeployment);
        Assert.Equal("running", (string?)more["state"]);
        Assert.NotNull(more["progress"]);
        await Services.DeleteAsync("/v2/apps/strictlarge?force=true");

        static JsonNode Of(JsonNode deployments) => deployments.AsArray().Single(deployment => deployment!["affectedApps"]!.ToJsonString().Contains("/strictlarge", StringComparison.Ordinal))!;
    }

    [Fact]
    public async Task Events_OfOwnTypes_ReachThoseThatAskAlone()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/strictpaused","cmd":"sleep 1000","cpus":9000,"mem":32}""");
        var id = (string)(await Services.GetAsync("/v2/apps/strictpaused")).Json["app"]!["deployments"]![0]!["id"]!;
        await using var plain = await Services.EventsAsync();
        await using var named = await Services.EventsAsync("?event_type=deployment_paused_event");
        await using var all = await Services.EventsAsync("?extras=true");

        await Services.PostAsync($"/v2/deployments/{id}/pause", null);
        await Services.DeleteAsync("/v2/apps/strictpaused?force=true");

        await named.UntilAsync("deployment_paused_event");
        await all.UntilAsync("deployment_paused_event");
        while ((await plain.NextAsync())!.Value is var (type, data) && type != "app_terminated_event")
        {
            Assert.NotEqual("deployment_paused_event", type);
            if (type.StartsWith("deployment_", StringComparison.Ordinal))
            {
                Assert.Equal("/", (string?)data["plan"]!["original"]!["id"]);
                Assert.Equal("/", (string?)data["plan"]!["target"]!["id"]);
            }
        }
    }

    private static void OnlyHas(JsonNode node, string[] known) => Assert.Empty(node.AsObject().Select(member => member.Key).Except(known, StringComparer.Ordinal));
}
