using System.Text.Json.Nodes;

namespace Tepui.Services.Tests.Hosting;

public sealed class AutoscalingTests(Cluster cluster) : IClassFixture<Cluster>
{
    private Support.Services Services => cluster.Services;

    [Fact]
    public async Task App_BusierThanItsTarget_GetsMoreInstances()
    {
        await Services.PostAsync("/v2/apps", """
            {"id":"/busy","cmd":"while true; do :; done","cpus":0.1,"mem":32,
             "autoscaling":{"minInstances":1,"maxInstances":2,"metric":"cpu","target":50,"intervalSeconds":1,"scaleUpCooldownSeconds":1,"scaleDownCooldownSeconds":60}}
            """);

        await Services.RunningAsync("/busy", 2);

        var decision = (await StatusAsync("/busy"))["lastDecision"]!;
        Assert.True((double)decision["value"]! > 50, decision.ToJsonString());
        Assert.Contains("CPU", (string)decision["reason"]!, StringComparison.Ordinal);
        await Services.DeleteAsync("/v2/apps/busy");
    }

    [Fact]
    public async Task App_ByAFetchedMetric_FollowsIt()
    {
        using var server = new TextServer { Body = """{"queue":{"length":30}}""" };
        await Services.PostAsync("/v2/apps", $$$"""
            {"id":"/worker","cmd":"sleep 1000","cpus":0.1,"mem":32,
             "autoscaling":{"minInstances":1,"maxInstances":5,"metric":"http","target":10,"url":"http://127.0.0.1:{{{server.Port}}}/stats","path":"queue.length","intervalSeconds":1,"scaleUpCooldownSeconds":1,"scaleDownCooldownSeconds":1}}
            """);

        await Services.RunningAsync("/worker", 3);
        server.Body = """{"queue":{"length":5}}""";
        await Services.RunningAsync("/worker", 1);

        Assert.Contains(server.Requests, request => request.Path == "/stats");
        await Services.DeleteAsync("/v2/apps/worker");
    }

    private async Task<JsonNode> StatusAsync(string app)
    {
        JsonNode? status = null;
        await Wait.UntilAsync(
            async () => (status = (await Services.GetAsync($"/v2/apps{app}?extras=true")).Json["app"]!["autoscalingStatus"]) is not null,
            () => $"{app} tells of a decision");
        return status!;
    }
}
