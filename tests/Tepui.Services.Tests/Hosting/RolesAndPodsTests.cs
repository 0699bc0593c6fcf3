using System.Text.Json.Nodes;

namespace Tepui.Services.Tests.Hosting;

public sealed class RolesAndPodsTests(Cluster cluster) : IClassFixture<Cluster>
{
    private const string Pod = """
        {"id":"/pair","containers":[
          {"name":"one","exec":{"command":{"shell":"sleep 1000"}},"resources":{"cpus":0.1,"mem":32}},
          {"name":"two","exec":{"command":{"shell":"sleep 1000"}},"resources":{"cpus":0.1,"mem":32}}],
         "networks":[{"mode":"host"}],"scaling":{"kind":"fixed","instances":1}}
        """;

    private Support.Services Services => cluster.Services;

    [Fact]
    public async Task Group_ThatEnforcesItsRole_HasItsAppsRunInIt_AlsoAfterARestart()
    {
        var created = await Services.PostAsync("/v2/groups", """{"id":"/team","enforceRole":true,"apps":[{"id":"web","cmd":"sleep 1000","cpus":0.1,"mem":32}]}""");
        Assert.Equal(201, created.Code);
        var first = Assert.Single(await Services.RunningAsync("/team/web", 1))!;
        Assert.Equal("team", (string)first["role"]!);
        await Services.SettledAsync();

        await Services.RestartAsync();
        await Services.PutAsync("/v2/apps/team/web", """{"instances":2}""");

        Assert.All(await Services.RunningAsync("/team/web", 2), task => Assert.Equal("team", (string)task!["role"]!));
        await Services.DeleteAsync("/v2/groups/team?force=true");
    }

    [Fact]
    public async Task Pod_OverItsLife_IsStableReplacedAndGone()
    {
        var created = await Services.PostAsync("/v2/pods", Pod);
        Assert.Equal(201, created.Code);
        Assert.EndsWith("/v2/pods/pair", created.Header("Location"), StringComparison.Ordinal);
        var first = await StableAsync();
        Assert.Equal(["one", "two"], first["containers"]!.AsArray().Select(container => (string)container!["name"]!));
        Assert.All(first["containers"]!.AsArray(), container => Assert.Equal("TASK_RUNNING", (string)container!["status"]!));
        await Services.SettledAsync();

        var killed = await Services.DeleteAsync($"/v2/pods/pair::instances/{(string)first["id"]!}");
        Assert.Equal((string)first["id"]!, (string)killed.Json["instanceId"]!);
        JsonNode second = first;
        await Wait.UntilAsync(async () => (string)(second = await StableAsync())["id"]! != (string)first["id"]!, () => $"another instance runs; now: {second}");

        var removed = await Services.DeleteAsync("/v2/pods/pair");
        Assert.Equal(202, removed.Code);
        Assert.NotEmpty(removed.Header("Marathon-Deployment-Id"));
        await Wait.UntilAsync(async () => (await Services.GetAsync("/v2/pods/pair")).Code == 404, () => "the pod is gone");
    }

    private async Task<JsonNode> StableAsync()
    {
        JsonNode? status = null;
        await Wait.UntilAsync(
            async () => (string)(status = (await Services.GetAsync("/v2/pods/pair::status")).Json)["status"]! == "STABLE",
            () => $"the pod is stable; now: {status}");
        return status!["instances"]!.AsArray().First(instance => (string)instance!["status"]! == "STABLE")!;
    }
}
