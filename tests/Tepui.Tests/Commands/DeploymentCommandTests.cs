using System.Text.Json.Nodes;
using Tepui.Tests.Support;

namespace Tepui.Tests.Commands;

[Collection(Run.Collection)]
public sealed class DeploymentCommandTests : IAsyncLifetime
{
    private const string Running = """
        {"id":"d1-long","state":"running","strategy":"rolling","currentStep":1,"totalSteps":2,"affectedApps":["/web"],"affectedPods":["/p"],"startedAt":"2031-01-01T00:00:00.000Z",
         "steps":[{"actions":[{"action":"RestartApplication","app":"/web"}]},{"actions":[{"action":"ScalePod","pod":"/p"}]}],
         "progress":[{"action":"RestartApplication","app":"/web","target":3,"old":2,"new":1,"ready":1,"healthy":3}]}
        """;

    private FakeServer _services = null!;

    public async Task InitializeAsync() => _services = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Watch_ServicesGoneForAWhile_GoesOn()
    {
        _services.On("GET /v2/deployments?finished=true", 200, $"[{Running}]")
            .Cut("GET /v2/deployments/d1-long")
            .On("GET /v2/deployments/d1-long", 503, """{"message":"starting"}""")
            .On("GET /v2/deployments/d1-long", 200, """{"id":"d1-long","outcome":"success"}""");

        var result = await Run.Async(_services, "deployment", "watch", "d1");

        Assert.Equal(0, result.Code);
        Assert.Contains("deployment d1-long succeeded", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Cancelled_EndsWithOne()
    {
        _services.On("GET /v2/deployments", 200, $"[{Running}]")
            .On("GET /v2/deployments/d1-long", 200, """{"id":"d1-long","outcome":"cancelled","reason":"another deployment took over"}""");

        var result = await Run.Async(_services, "deployment", "watch");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("d1-long cancelled: another deployment took over", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ByApp_TellsStepsAndProgress()
    {
        _services.On("GET /v2/deployments?finished=true", 200, $"[{Running}]");

        var result = await Run.Async(_services, "deployment", "show", "web");

        Assert.Equal(0, result.Code);
        Assert.Contains("1     restart  /web  under way", result.Output, StringComparison.Ordinal);
        Assert.Contains("2     scale    /p    later", result.Output, StringComparison.Ordinal);
        Assert.Contains("restart  /web  3       2    1    1      3", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("resume", "running")]
    [InlineData("promote", "running")]
    public async Task Steer_TheOnlyOne_IsAsked(string verb, string state)
    {
        _services.On("GET /v2/deployments", 200, $"[{Running}]").On($"POST /v2/deployments/d1-long/{verb}", 200, $$"""{"deploymentId":"d1-long","state":"{{state}}"}""");

        Assert.Equal($"deployment d1-long {state}\n", (await Run.Async(_services, "deployment", verb)).Output);
    }

    [Fact]
    public async Task Rollback_Done_IsSuccess()
    {
        _services.On("GET /v2/deployments", 200, $"[{Running}]").On("DELETE /v2/deployments/d1-long?force=false", 200, """{"version":"v","deploymentId":"d2"}""")
            .On("GET /v2/deployments/d2", 200, """{"id":"d2","outcome":"rolledBack"}""");

        var result = await Run.Async(_services, "deployment", "rollback");

        Assert.Equal((0, "deployment d2 rolled back\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task Abort_Accepted_SaysWhere()
    {
        _services.On("GET /v2/deployments?finished=true", 200, $"[{Running}]").On("DELETE /v2/deployments/d1-long?force=true", 202);

        Assert.Equal("deployment d1-long aborted in step 1 of 2\n", (await Run.Async(_services, "deployment", "abort", "d1")).Output);
    }

    [Fact]
    public async Task List_OfEach_IsOneLine()
    {
        _services.On("GET /v2/deployments", 200, $"[{Running}]");

        Assert.Contains("d1-long  running  1/2", (await Run.Async(_services, "deployment", "ls")).Output, StringComparison.Ordinal);
        Assert.Equal("d1-long", JsonNode.Parse((await Run.Async(_services, "deployment", "ls", "-o", "json")).Output).Items().Single().Text("id"));
    }
}
