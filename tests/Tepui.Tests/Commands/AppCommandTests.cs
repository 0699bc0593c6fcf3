using System.Text.Json.Nodes;
using Tepui.Tests.Support;

namespace Tepui.Tests.Commands;

[Collection(Run.Collection)]
public sealed class AppCommandTests : IAsyncLifetime
{
    private const string Done = """{"id":"d1","outcome":"success","affectedApps":["/web"],"startedAt":"2031-01-01T00:00:00.000Z","finishedAt":"2031-01-01T00:00:02.500Z"}""";
    private const string Web = """{"app":{"id":"/web","instances":2,"cpus":0.1,"mem":32,"env":{"A":"1"},"tasksRunning":1,"tasksStaged":1,"version":"2031-01-02T00:00:00.000Z","tasks":[{"id":"web.instance-aa._app.1","state":"TASK_RUNNING","host":"h1","ports":[31000],"startedAt":"2031-01-01T00:00:00.000Z"}]}}""";

    private FakeServer _services = null!;

    public async Task InitializeAsync() => _services = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Scale_Accepted_WaitsForItsDeployment()
    {
        _services.On("GET /v2/apps/web", 200, Web)
            .On("PATCH /v2/apps/web?force=false", 200, """{"version":"v","deploymentId":"d1"}""")
            .On("GET /v2/deployments/d1", 200, """{"id":"d1","state":"running","currentStep":1,"totalSteps":1}""")
            .On("GET /v2/deployments/d1", 200, Done);

        var result = await Run.Async(_services, "app", "scale", "web", "5");

        Assert.Equal((0, "deployment d1 succeeded in 2.5 s\n"), (result.Code, result.Output));
        Assert.Equal("""{"instances":5}""", _services.Requests.Single(request => request.Line.StartsWith("PATCH", StringComparison.Ordinal)).Body);
    }

    [Fact]
    public async Task Restart_Failed_EndsWithOneAndSaysWhereToLook()
    {
        _services.On("POST /v2/apps/web/restart?force=true", 200, """{"deploymentId":"d1"}""")
            .On("GET /v2/deployments/d1", 200, """{"id":"d1","outcome":"rolledBack","reason":"10 new instances failed: exit 1","affectedApps":["/web"]}""");

        var result = await Run.Async(_services, "app", "restart", "web", "--force");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("deployment d1 rolled back: 10 new instances failed: exit 1", result.Errors, StringComparison.Ordinal);
        Assert.Contains("tepui explain app /web", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_CanaryUp_SaysHowToGoOn()
    {
        _services.On("GET /v2/apps/web", 200, Web)
            .On("PATCH /v2/apps/web?force=false", 200, """{"deploymentId":"d1"}""")
            .On("GET /v2/deployments/d1", 200, """{"id":"d1","state":"waitingForPromotion","currentStep":1,"totalSteps":1}""");

        var result = await Run.Async(_services, "app", "update", "web", "--cpus", "0.2", "--env", "B=2", "--image", "nginx:1.27");

        Assert.Equal(0, result.Code);
        Assert.Contains("tepui deployment promote d1", result.Errors, StringComparison.Ordinal);
        Assert.Equal(
            """{"cpus":0.2,"container":{"type":"MESOS","docker":{"image":"nginx:1.27"}},"env":{"A":"1","B":"2"}}""",
            _services.Requests.Single(request => request.Line.StartsWith("PATCH", StringComparison.Ordinal)).Body);
    }

    [Fact]
    public async Task Update_PausedByFailures_EndsWithOneAndSaysHowToGoOn()
    {
        _services.On("POST /v2/apps/web/restart?force=false", 200, """{"deploymentId":"d1"}""")
            .On("GET /v2/deployments/d1", 200, """{"id":"d1","state":"paused","reason":"2 new instances have failed; the limit is 2"}""");

        var result = await Run.Async(_services, "app", "restart", "web");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("paused: 2 new instances have failed", result.Errors, StringComparison.Ordinal);
        Assert.Contains("tepui deployment resume d1", result.Errors, StringComparison.Ordinal);
        Assert.Contains("tepui deployment rollback d1", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_AnswerLost_IsAskedAgainWithTheSameKey()
    {
        _services.Cut("DELETE /v2/apps/web?force=false")
            .On("DELETE /v2/apps/web?force=false", 503, """{"message":"not ready"}""")
            .On("DELETE /v2/apps/web?force=false", 200, """{"deploymentId":"d1"}""")
            .On("GET /v2/deployments/d1", 200, Done);

        var result = await Run.Async(_services, "app", "rm", "web");

        Assert.Equal(0, result.Code);
        var keys = _services.Requests.Where(request => request.Line.StartsWith("DELETE", StringComparison.Ordinal)).Select(request => request.Key).ToList();
        Assert.Equal(3, keys.Count);
        Assert.NotNull(Assert.Single(keys.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Change_Locked_NamesTheDeployment()
    {
        _services.On("POST /v2/apps/web/restart?force=false", 409, """{"message":"App is locked by one or more deployments.","deployments":[{"id":"d9"}]}""");

        var result = await Run.Async(_services, "app", "restart", "/web");

        Assert.Equal(1, result.Code);
        Assert.Contains("tepui deployment watch d9", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_Unknown_EndsWithFour()
    {
        var result = await Run.Async(_services, "app", "show", "nosuch");

        Assert.Equal((4, ""), (result.Code, result.Output));
        Assert.Contains("/nosuch", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWait_NamesTheDeployment()
    {
        _services.On("POST /v2/apps/web/restart?force=false", 200, """{"deploymentId":"d1"}""");

        Assert.Equal("deployment d1\n", (await Run.Async(_services, "app", "restart", "web", "--no-wait")).Output);
        Assert.Equal("d1", JsonNode.Parse((await Run.Async(_services, "app", "restart", "web", "--no-wait", "-o", "json")).Output).Items("deployments").Single().Text("id"));
    }

    [Fact]
    public async Task Json_OfEveryKind_IsOneDocument()
    {
        _services.On("GET /v2/apps", 200, """{"apps":[{"id":"/web"}]}""").On("GET /v2/apps/web", 200, Web).On("GET /v2/apps/web/tasks", 200, """{"tasks":[{"id":"t"}]}""")
            .On("GET /v2/apps/web/versions", 200, """{"versions":["2031-01-01T00:00:00.000Z","2031-01-02T00:00:00.000Z"]}""")
            .On("GET /v2/apps/web/versions/2031-01-01T00%3A00%3A00.000Z", 200, """{"id":"/web","instances":2,"cpus":0.2,"mem":32,"env":{"A":"1"}}""")
            .On("GET /v2/apps/web/versions/2031-01-01T00:00:00.000Z", 200, """{"id":"/web","instances":2,"cpus":0.2,"mem":32,"env":{"A":"1"}}""")
            .On("GET /v2/queue", 200, """{"queue":[]}""").On("GET /v2/deployments", 200, "[]").On("GET /v2/groups", 200, """{"id":"/"}""").On("GET /v2/pods/::status", 200, "[]");

        foreach (var line in new[] { "app ls", "app show web", "app tasks web", "app versions web", "app diff web previous", "queue ls", "deployment ls", "deployment watch", "group ls", "group show /", "pod ls" })
        {
            var result = await Run.Async(_services, [.. line.Split(' '), "--output", "json"]);

            Assert.True(result.Code == 0, $"{line}: {result.Errors}");
            Assert.NotNull(JsonNode.Parse(result.Output));
        }

        var diff = await Run.Async(_services, "app", "diff", "web", "previous");
        Assert.Contains("/cpus  0.2", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Filtered_AsksForIt()
    {
        _services.On("GET /v2/apps?label=a%3D%3Db&id=x", 200, """{"apps":[]}""");

        Assert.Equal(0, (await Run.Async(_services, "app", "ls", "--label", "a==b", "--id", "x")).Code);
    }

    [Fact]
    public async Task Kill_ByTheStartOfAnId_KillsThatOne()
    {
        _services.On("GET /v2/apps/web/tasks", 200, """{"tasks":[{"id":"web.instance-aa._app.1"},{"id":"web.instance-bb._app.1"}]}""")
            .On("POST /v2/tasks/delete?scale=false&wipe=false&force=false", 200, """{"tasks":[{"id":"web.instance-bb._app.1"}]}""");

        var result = await Run.Async(_services, "app", "kill", "web", "bb");

        Assert.Equal((0, "web.instance-bb._app.1 killed\n"), (result.Code, result.Output));
        Assert.Equal("""{"ids":["web.instance-bb._app.1"]}""", _services.Requests[^1].Body);
    }

    [Fact]
    public async Task Explain_Waiting_SaysTheNearestMiss()
    {
        _services.On("GET /v2/explain/shop/web", 200, """
            {"appId":"/shop/web","wanted":3,"running":1,"staged":0,"waiting":2,"reasons":["no agent has enough memory"],"agents":4,
             "nearestMiss":{"agentId":"A1","host":"h1","missing":[{"resource":"mem","wanted":4096,"offered":1024.5}]},
             "constraints":[{"constraint":["rack","LIKE","r1"],"agentsLeft":2}],"rejections":[{"reason":"InsufficientMemory","declined":4,"processed":4},{"reason":"x","declined":0,"processed":4}]}
            """);

        var result = await Run.Async(_services, "explain", "app", "shop/web");

        Assert.Equal(0, result.Code);
        Assert.Contains("mem: wanted 4096, offered 1024.5", result.Output, StringComparison.Ordinal);
        Assert.Contains("rack LIKE r1  2 of 4", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("x   ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stranger_OnThePort_IsNamedAsSuch()
    {
        _services.On("GET /v2/apps", 200, "<html>hello</html>");

        var result = await Run.Async(_services, "app", "ls");

        Assert.Equal(1, result.Code);
        Assert.Contains("does not answer as services do", result.Errors, StringComparison.Ordinal);
    }
}
