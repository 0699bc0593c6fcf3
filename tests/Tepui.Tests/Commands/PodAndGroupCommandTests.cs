using System.Text.Json.Nodes;
using Tepui.Tests.Support;

namespace Tepui.Tests.Commands;

[Collection(Run.Collection)]
public sealed class PodAndGroupCommandTests : IAsyncLifetime
{
    private const string Status = """
        [{"id":"/p","status":"STABLE","statusSince":"2031-01-01T00:00:00.000Z","spec":{"id":"/p","scaling":{"kind":"fixed","instances":2},"containers":[{"name":"a"},{"name":"b"}]},
          "instances":[{"id":"p.instance-1","status":"STABLE","agentHostname":"h1","containers":[{"name":"a","status":"TASK_RUNNING","endpoints":[{"name":"http","allocatedHostPort":31000}]}]}]}]
        """;

    private FakeServer _services = null!;

    public async Task InitializeAsync() => _services = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Pods_Listed_TellHowTheyAre()
    {
        _services.On("GET /v2/pods/::status", 200, Status).On("GET /v2/pods/p::status", 200, JsonNode.Parse(Status)![0]!.ToJsonString());

        Assert.Contains("/p  stable  1/2      a,b", (await Run.Async(_services, "pod", "ls")).Output, StringComparison.Ordinal);
        Assert.Contains("http:31000", (await Run.Async(_services, "pod", "show", "p")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_Scaled_IsSentWhole()
    {
        _services.On("GET /v2/pods/p", 200, """{"id":"/p","version":"v","containers":[{"name":"a"}]}""")
            .On("PUT /v2/pods/p?force=false", 200, """{"id":"/p"}""", deployment: "d1");

        var result = await Run.Async(_services, "pod", "update", "p", "-n", "4", "--no-wait");

        Assert.Equal((0, "deployment d1\n"), (result.Code, result.Output));
        Assert.Equal("""{"id":"/p","containers":[{"name":"a"}],"scaling":{"kind":"fixed","instances":4}}""", _services.Requests[^1].Body);
    }

    [Fact]
    public async Task Pod_Removed_IsWaitedForByItsHeader()
    {
        _services.On("DELETE /v2/pods/p?force=false", 202, "", deployment: "d1").On("GET /v2/deployments/d1", 200, """{"id":"d1","outcome":"success"}""");

        Assert.Equal("deployment d1 succeeded\n", (await Run.Async(_services, "pod", "rm", "p")).Output);
    }

    [Fact]
    public async Task Groups_Listed_CountWhatIsBelow()
    {
        _services.On("GET /v2/groups", 200, """
            {"id":"/","apps":[{"id":"/solo","instances":1}],"groups":[{"id":"/shop","apps":[{"id":"/shop/web","instances":3}],"pods":[{"id":"/shop/p"}],"dependencies":["/base"]}]}
            """);

        var result = await Run.Async(_services, "group", "ls");

        Assert.Contains("/      2     1     5          -", result.Output, StringComparison.Ordinal);
        Assert.Contains("/shop  1     1     4          /base", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_Scaled_SendsTheFactor()
    {
        _services.On("PUT /v2/groups/shop?force=false", 200, """{"deploymentId":"d1"}""");

        Assert.Equal(0, (await Run.Async(_services, "group", "scale", "shop", "0.5", "--no-wait")).Code);
        Assert.Equal("""{"scaleBy":0.5}""", _services.Requests[^1].Body);
    }

    [Fact]
    public async Task Root_RemovedWithoutYes_IsRefused()
    {
        Assert.Equal(2, (await Run.Async(_services, "group", "rm", "/")).Code);
        Assert.Empty(_services.Requests);
    }

    [Fact]
    public async Task Queue_Reset_NamesTheApp()
    {
        _services.On("DELETE /v2/queue/shop/web/delay", 204);

        Assert.Equal("/shop/web is launched without delay\n", (await Run.Async(_services, "queue", "reset", "shop/web")).Output);
    }

    [Fact]
    public async Task Queue_Listed_TellsTheCommonestReason()
    {
        _services.On("GET /v2/queue", 200, """
            {"queue":[{"count":2,"app":{"id":"/web"},"delay":{"timeLeftSeconds":12,"overdue":false},"since":"2031-01-01T00:00:00.000Z",
              "processedOffersSummary":{"rejectSummaryLastOffers":[{"reason":"UnfulfilledRole","declined":1,"processed":9},{"reason":"InsufficientMemory","declined":5,"processed":8}]}}]}
            """);

        var output = (await Run.Async(_services, "queue", "ls")).Output;

        Assert.Contains("/web  2        12s", output, StringComparison.Ordinal);
        Assert.Contains("InsufficientMemory (5 of 8)", output, StringComparison.Ordinal);
    }
}
