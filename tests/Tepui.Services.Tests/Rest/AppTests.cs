namespace Tepui.Services.Tests.Rest;

public sealed class AppTests
{
    private const string App = """{"id":"/shop/web","cmd":"sleep 1000","cpus":0.1,"mem":32,"labels":{"tier":"front"}}""";

    [Fact]
    public async Task Create_Answer_IsTheAppWithItsDeployment()
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.PostAsync("/v2/apps", App);

        Assert.Equal(201, answer.Code);
        Assert.Equal("/shop/web", answer.Header("Location"));
        Assert.Equal(answer.Header("Marathon-Deployment-Id"), (string)answer.Json["deployments"]![0]!["id"]!);
        Assert.Equal(0, (int)answer.Json["tasksRunning"]!);
    }

    [Fact]
    public async Task Create_Twice_IsAConflict()
    {
        await using var services = await Support.Services.StartAsync();
        await services.PostAsync("/v2/apps", App);

        var answer = await services.PostAsync("/v2/apps", App);

        Assert.Equal(409, answer.Code);
        Assert.Equal("An app with id [/shop/web] already exists.", (string)answer.Json["message"]!);
    }

    [Fact]
    public async Task Create_ThenRead_IsThereAtOnceEverywhere()
    {
        await using var services = await Support.Services.StartAsync();
        var version = (string)(await services.PostAsync("/v2/apps", App)).Json["version"]!;

        Assert.Equal(version, (string)(await services.GetAsync("/v2/apps/shop/web")).Json["app"]!["version"]!);
        Assert.Equal("/shop/web", (string)Assert.Single((await services.GetAsync("/v2/apps")).Json["apps"]!.AsArray())!["id"]!);
        Assert.Equal("/shop/web", (string)Assert.Single((await services.GetAsync("/v2/apps/shop/*")).Json["*"]!.AsArray())!["id"]!);
        Assert.Equal("/shop/web", (string)Assert.Single((await services.GetAsync("/v2/groups/shop")).Json["apps"]!.AsArray())!["id"]!);
        Assert.Equal("/shop/web", (string)(await services.GetAsync("/v2/groups")).Json["groups"]![0]!["apps"]![0]!["id"]!);
        Assert.Equal([version], (await services.GetAsync("/v2/apps/shop/web/versions")).Json["versions"]!.AsArray().Select(item => (string)item!));
        Assert.Equal("/shop/web", (string)(await services.GetAsync($"/v2/apps/shop/web/versions/{version}")).Json["id"]!);
        Assert.Equal(1, (int)(await services.GetAsync("/v2/queue")).Json["queue"]![0]!["count"]!);
    }

    [Theory]
    [InlineData("?label=tier==front", 1)]
    [InlineData("?label=tier==back", 0)]
    [InlineData("?cmd=SLEEP", 1)]
    [InlineData("?id=shop", 1)]
    [InlineData("?id=none", 0)]
    public async Task List_Filtered_ShowsWhatMatches(string query, int count)
    {
        await using var services = await Support.Services.StartAsync();
        await services.PostAsync("/v2/apps", App);

        Assert.Equal(count, (await services.GetAsync("/v2/apps" + query)).Json["apps"]!.AsArray().Count);
    }

    [Fact]
    public async Task Create_WithManyMistakes_ListsThemAllWithTheirPaths()
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.PostAsync("/v2/apps", """{"id":"/web","cmd":"sleep 1","cpus":-1,"mem":"much","instances":1.5}""");

        Assert.Equal(422, answer.Code);
        Assert.Equal(["/cpus", "/instances", "/mem"], answer.Json["details"]!.AsArray().Select(detail => (string)detail!["path"]!).Order(StringComparer.Ordinal));
        Assert.Empty((await services.GetAsync("/v2/apps")).Json["apps"]!.AsArray());
    }

    [Fact]
    public async Task Create_RepeatedUnderAKey_IsAnsweredAsTheFirstTime()
    {
        await using var services = await Support.Services.StartAsync();
        var first = await services.PostAsync("/v2/apps", App, ("Idempotency-Key", "k1"));

        var again = await services.PostAsync("/v2/apps", App, ("Idempotency-Key", "k1"));
        var other = await services.PostAsync("/v2/apps", App.Replace("web", "api", StringComparison.Ordinal), ("Idempotency-Key", "k1"));
        await services.RestartAsync();
        var later = await services.PostAsync("/v2/apps", App, ("Idempotency-Key", "k1"));

        Assert.Equal((201, 201, 422, 201), (first.Code, again.Code, other.Code, later.Code));
        Assert.Equal(first.Header("Marathon-Deployment-Id"), again.Header("Marathon-Deployment-Id"));
        Assert.Equal((string)first.Json["version"]!, (string)later.Json["version"]!);
    }

    [Fact]
    public async Task CreateGroup_Repeated_IsLocatedWhereTheGroupIs()
    {
        await using var services = await Support.Services.StartAsync();
        const string Group = """{"id":"/mall/floor"}""";

        var first = await services.PostAsync("/v2/groups", Group, ("Idempotency-Key", "k1"));
        var again = await services.PostAsync("/v2/groups", Group, ("Idempotency-Key", "k1"));

        Assert.Equal((201, "/mall/floor"), (first.Code, first.Header("Location")));
        Assert.Equal((201, "/mall/floor"), (again.Code, again.Header("Location")));
    }

    [Theory]
    [InlineData(127, 201)]
    [InlineData(128, 400)]
    public async Task Create_UnderALongKey_CountsItsBytes(int letters, int status)
    {
        await using var services = await Support.Services.StartAsync();

        Assert.Equal(status, (await services.PostAsync("/v2/apps", App, ("Idempotency-Key", new string('ü', letters)))).Code);
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1020, 400)]
    public async Task Subscribe_LongCallback_CountsItsBytes(int letters, int status)
    {
        await using var services = await Support.Services.StartAsync();
        var url = "http://127.0.0.1:1/aaaaaaaaaaaa" + new string('ü', letters);

        Assert.Equal(status, (await services.PostAsync("/v2/eventSubscriptions?callbackUrl=" + Uri.EscapeDataString(url), null)).Code);
    }

    [Fact]
    public async Task Put_IdOfALongAddress_IsRefusedAndNothingBreaks()
    {
        await using var services = await Support.Services.StartAsync();

        var answer = await services.PutAsync("/v2/apps/" + new string('a', 5000), """{"cmd":"sleep 1000"}""");

        Assert.Equal((422, "/id"), (answer.Code, (string)Assert.Single(answer.Json["details"]!.AsArray())!["path"]!));
        Assert.Equal(200, (await services.GetAsync("/v2/apps")).Code);
    }

    [Fact]
    public async Task Restart_OfTheScheduler_KeepsAppsGroupsAndVersions()
    {
        await using var services = await Support.Services.StartAsync();
        await services.PostAsync("/v2/apps", App);
        await services.PutAsync("/v2/apps/shop/web?force=true", """{"instances":3}""");
        var before = await services.GetAsync("/v2/apps/shop/web");

        await services.RestartAsync();

        var after = await services.GetAsync("/v2/apps/shop/web");
        Assert.Equal(3, (int)after.Json["app"]!["instances"]!);
        Assert.Equal(before.Json["app"]!["version"]!.ToString(), after.Json["app"]!["version"]!.ToString());
        Assert.Equal(2, (await services.GetAsync("/v2/apps/shop/web/versions")).Json["versions"]!.AsArray().Count);
    }

    [Fact]
    public async Task Explain_WithoutAMaster_SaysSo()
    {
        await using var services = await Support.Services.StartAsync();
        await services.PostAsync("/v2/apps", App);

        var answer = await services.GetAsync("/v2/explain/shop/web");

        Assert.Equal((1, 0, 1), ((int)answer.Json["wanted"]!, (int)answer.Json["running"]!, (int)answer.Json["waiting"]!));
        Assert.Contains(answer.Json["reasons"]!.AsArray(), reason => ((string)reason!).Contains("not subscribed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PutGroup_DryRun_TellsWhatWouldChangeAndChangesNothing()
    {
        await using var services = await Support.Services.StartAsync();
        await services.PostAsync("/v2/apps", App);

        var answer = await services.PutAsync("/v2/groups/shop?dryRun=true", """{"apps":[{"id":"web","cmd":"sleep 2000","cpus":0.1,"mem":32},{"id":"api","cmd":"sleep 1000"}]}""");

        Assert.Equal(200, answer.Code);
        Assert.Contains("StartApplication", answer.Body, StringComparison.Ordinal);
        var changes = answer.Json["changes"]!.AsArray();
        Assert.Equal("create", (string)changes.Single(change => (string)change!["id"]! == "/shop/api")!["change"]!);
        var update = changes.Single(change => (string)change!["id"]! == "/shop/web")!;
        Assert.Equal("update", (string)update["change"]!);
        var cmd = update["fields"]!.AsArray().Single(field => (string)field!["path"]! == "/cmd")!;
        Assert.Equal(("sleep 1000", "sleep 2000"), ((string)cmd["from"]!, (string)cmd["to"]!));
        Assert.Equal(404, (await services.GetAsync("/v2/apps/shop/api")).Code);
    }
}
