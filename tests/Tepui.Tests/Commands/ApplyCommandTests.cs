using System.Text.Json.Nodes;
using Tepui.Tests.Support;

namespace Tepui.Tests.Commands;

[Collection(Run.Collection)]
public sealed class ApplyCommandTests : IAsyncLifetime
{
    private const string Root = """{"id":"/","version":"v1","apps":[{"id":"/web","cpus":0.1,"instances":2}],"groups":[]}""";
    private const string DryRun = """
        {"steps":[{"actions":[{"action":"RestartApplication","app":"/web"}]}],
         "changes":[{"id":"/new","kind":"app","change":"create","fields":[{"path":"/cpus","to":0.5},{"path":"/instances","to":3},{"path":"/cmd","to":"x"}]},{"id":"/web","kind":"app","change":"update","fields":[{"path":"/cpus","from":0.1,"to":0.2}]}],
         "placements":[{"id":"/web","instances":[{"agentId":"A1","host":"h1"},{"agentId":"A1","host":"h1"},{"agentId":"A2","host":"h2"}],"unplaced":1,"reason":"no memory left"}]}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("cli-apply-").FullName;
    private FakeServer _services = null!;

    public async Task InitializeAsync() => _services = await FakeServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Plan_ShowsChangesAndPlacesAndChangesNothing()
    {
        _services.On("GET /v2/groups", 200, Root).On("PUT /v2/groups?dryRun=true", 200, DryRun);

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: web\ncpus: 0.2\n"), "--plan");

        Assert.Equal(0, result.Code);
        Assert.Contains("+ create app /new  (3 instances, 0.5 cpus)\n~ update app /web", result.Output, StringComparison.Ordinal);
        Assert.Contains("/cpus  0.1 -> 0.2", result.Output, StringComparison.Ordinal);
        Assert.Contains("/web  2 on h1, 1 on h2", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 would wait: no memory left", result.Output, StringComparison.Ordinal);
        Assert.Equal(["GET /v2/groups", "PUT /v2/groups?dryRun=true"], _services.Requests.Select(request => request.Line));
        Assert.Equal(2, JsonNode.Parse(_services.Requests[1].Body).Items("apps").Single().Count("instances"));
    }

    [Fact]
    public async Task Plan_AsJson_IsData()
    {
        _services.On("GET /v2/groups", 200, Root).On("PUT /v2/groups?dryRun=true", 200, DryRun);

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: web\ncpus: 0.2\n"), "--plan", "-o", "json");

        var plan = JsonNode.Parse(result.Output);
        Assert.Equal(["/new", "/web"], plan.Items("changes").Select(change => change.Text("id")));
        Assert.Equal(1, plan.Items("placements").Single().Count("unplaced"));
    }

    [Fact]
    public async Task Apps_Alone_AreSentAloneAndWaitedFor()
    {
        _services.On("GET /v2/groups", 200, Root).On("PUT /v2/groups?dryRun=true", 200, DryRun)
            .On("PUT /v2/apps?partialUpdate=false&force=false", 200, """{"deploymentId":"d1"}""")
            .On("GET /v2/deployments/d1", 200, """{"id":"d1","outcome":"success"}""");

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: web\ncpus: 0.2\n"), "--yes");

        Assert.Equal(0, result.Code);
        Assert.Contains("deployment d1 succeeded", result.Output, StringComparison.Ordinal);
        Assert.Equal("""[{"id":"/web","cpus":0.2,"instances":2}]""", _services.Requests.Single(request => request.Line.StartsWith("PUT /v2/apps", StringComparison.Ordinal)).Body);
    }

    [Fact]
    public async Task Group_ChangedSincePlanned_IsNotTouched()
    {
        _services.On("GET /v2/groups", 200, Root).On("GET /v2/groups", 200, Root.Replace("v1", "v2", StringComparison.Ordinal))
            .On("PUT /v2/groups/shop?dryRun=true", 200, DryRun);

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: shop\napps: [{id: web, cmd: x}]\n"), "--yes");

        Assert.Equal(1, result.Code);
        Assert.Contains("nothing was changed", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_services.Requests, request => request.Line.Contains("force", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_AndApps_AreBothDone()
    {
        _services.On("GET /v2/groups", 200, Root).On("PUT /v2/groups?dryRun=true", 200, DryRun).On("GET /v2/pods", 200, "[]")
            .On("PUT /v2/apps?partialUpdate=false&force=true", 200, """{"deploymentId":"d1"}""")
            .On("POST /v2/pods?force=true", 201, """{"id":"/p"}""", deployment: "d2")
            .On("GET /v2/deployments/d1", 200, """{"id":"d1","outcome":"success"}""").On("GET /v2/deployments/d2", 200, """{"id":"d2","outcome":"failed","reason":"no offers"}""");

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: web\n---\nid: p\ncontainers: [{name: c}]\n"), "--yes", "--force");

        Assert.Equal(1, result.Code);
        Assert.Contains("+ create pod /p", result.Output, StringComparison.Ordinal);
        Assert.Contains("deployment d1 succeeded", result.Output, StringComparison.Ordinal);
        Assert.Contains("deployment d2 failed: no offers", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_ToChange_EndsWithZero()
    {
        _services.On("GET /v2/groups", 200, Root).On("PUT /v2/groups?dryRun=true", 200, """{"steps":[],"changes":[],"placements":[]}""");

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: web\ncpus: 0.1\n"));

        Assert.Equal(0, result.Code);
        Assert.Contains("nothing to change", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_Refused_SaysEveryProblem()
    {
        _services.On("GET /v2/groups", 200, Root)
            .On("PUT /v2/groups?dryRun=true", 422, """{"message":"Invalid JSON","details":[{"path":"/apps(0)/env/PORT","errors":["error.expected.jsstring"]}]}""");

        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "id: web\nenv: {PORT: 8080}\n"), "--plan");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("/web: /apps(0)/env/PORT must be a text, in quotes", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_Broken_AreNamedAllAtOnce()
    {
        var result = await Run.Async(_services, "apply", "-f", File("a.yaml", "a: b: c\n"), "-f", File("b.json", "{"), "-f", Path.Join(_directory, "nosuch.yaml"));

        Assert.Equal(2, result.Code);
        Assert.Contains("a.yaml:1:", result.Errors, StringComparison.Ordinal);
        Assert.Contains("b.json:1:", result.Errors, StringComparison.Ordinal);
        Assert.Contains("nosuch.yaml", result.Errors, StringComparison.Ordinal);
        Assert.Empty(_services.Requests);
    }

    private string File(string name, string text)
    {
        var path = Path.Join(_directory, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
