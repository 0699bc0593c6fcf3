using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Web.Tests;

/// <summary>The pages of the services over HTTP, against services that are told what to say.</summary>
public sealed class ServicesPageTests : IAsyncLifetime
{
    private FakeCluster _cluster = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync(services: true);
        ServicesSample.Fill(_cluster.Services);
        _http = _cluster.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData("/ui/apps", "href=\"/ui/apps/prod\"")]
    [InlineData("/ui/apps", "/ui/apps/empty")]
    [InlineData("/ui/apps/prod", "/ui/apps/prod/web")]
    [InlineData("/ui/apps/prod", "Deploying")]
    [InlineData("/ui/apps?q=DB", "/ui/apps/prod/db")]
    [InlineData("/ui/apps?status=delayed", "/ui/apps/crash")]
    [InlineData("/ui/apps/prod/web", "web.1")]
    [InlineData("/ui/apps/prod/web", "connection refused")]
    [InlineData("/ui/apps/prod/web", "href=\"/ui/tasks/F0/web.1\"")]
    [InlineData("/ui/apps/prod/web?output=web.1&file=stderr", "task=web.1&amp;file=stderr")]
    [InlineData("/ui/apps/prod/web?tab=configuration", "env.LEVEL")]
    [InlineData("/ui/apps/prod/web?tab=configuration&show=2031-01-01T00:00:00.000Z", "Roll back to this")]
    [InlineData("/ui/apps/prod/web?tab=debug", "Command exited with status 1")]
    [InlineData("/ui/apps/crash?tab=debug", "It is held back after failures.")]
    [InlineData("/ui/apps/crash", "exits with code 1, 7 times so far")]
    [InlineData("/ui/apps/store?tab=volumes", "store#data#c1")]
    [InlineData("/ui/apps?do=scale&on=/prod/web&amount=6", "Starts 2 instances, which take 1 of CPU and 256 MiB of memory.")]
    [InlineData("/ui/apps?do=destroy&on=/prod", "2 apps with 5 instances")]
    [InlineData("/ui/deployments", "2 of 4 ready, 1 to come, 2 old")]
    [InlineData("/ui/deployments", "succeeded")]
    [InlineData("/ui/deployments?do=stop&on=d1", "step 2 of 2")]
    [InlineData("/ui/create", "New application")]
    [InlineData("/ui/create/prod", "value=\"/prod/\"")]
    [InlineData("/ui/edit/prod/web", "value=\"LEVEL\"")]
    [InlineData("/ui/edit/prod/web?mode=json", "&quot;LEVEL&quot;: &quot;info&quot;")]
    public async Task Page_Each_ShowsWhatTheServicesTold(string address, string text)
    {
        var answer = await _http.GetAsync(address);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, html);
        Assert.True(html.Contains(text, StringComparison.Ordinal), html);
    }

    [Theory]
    [InlineData("/ui/apps/nosuch")]
    [InlineData("/ui/edit/nosuch")]
    public async Task Page_OfNothing_Is404AndSaysWhat(string address)
    {
        var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("nosuch", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Navigation_WithAndWithoutServices_OffersTheirPagesOrNot()
    {
        await using var without = await FakeCluster.StartAsync();
        using var http = without.Client();

        Assert.Contains("href=\"/ui/apps\"", await _http.GetStringAsync("/ui"));
        Assert.DoesNotContain("href=\"/ui/apps\"", await http.GetStringAsync("/ui"));
        var page = await http.GetAsync("/ui/apps");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("was not told where the services", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Services_NotAnswering_IsSaidOnThePage()
    {
        _cluster.Services.Down = true;
        _cluster.Services.EndStreams();

        await Eventually.HoldsAsync(async () => (await _http.GetStringAsync("/ui/apps")).Contains("The services cannot be read", StringComparison.Ordinal), "the page says so");

        _cluster.Services.Down = false;
        await Eventually.HoldsAsync(async () => !(await _http.GetStringAsync("/ui/apps")).Contains("The services cannot be read", StringComparison.Ordinal), "it is well again");
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{\"apps\":[{\"id\":7,\"instances\":\"x\",\"labels\":[],\"tasksRunning\":1e30}]}")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Services_AnsweringNonsense_DoNotTakeThePageDown(string nonsense)
    {
        _cluster.Services.Nonsense = nonsense;

        await _http.GetStringAsync("/ui/apps");
        _cluster.Services.Nonsense = null;
        _cluster.Services.EndStreams();

        await Eventually.HoldsAsync(async () => (await (await _http.GetAsync("/ui/apps/prod")).Content.ReadAsStringAsync()).Contains("/ui/apps/prod/web", StringComparison.Ordinal), "the page is well again");
    }

    [Fact]
    public async Task Live_AnInstanceChanges_SendsThePageAgainAndReadsOnlyThatApp()
    {
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_live?at=" + Uri.EscapeDataString("/ui/apps/prod")));
        Assert.Contains("2 of 4", await stream.NextAsync());

        _cluster.Services.Change("/prod/web", app => app["tasksRunning"] = 3);

        await Eventually.HoldsAsync(async () => (await stream.NextAsync()).Contains("3 of 4", StringComparison.Ordinal), "the change arrives");
    }

    [Fact]
    public async Task Live_ManyEvents_ReadsAtMostTenTimesASecond()
    {
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_live?at=" + Uri.EscapeDataString("/ui/apps")));
        await stream.NextAsync();
        await Eventually.HoldsAsync(() => _cluster.Services.Subscribers == 1, "the page listens");
        var reads = _cluster.Services.Reads;
        var watch = System.Diagnostics.Stopwatch.StartNew();

        for (var i = 0; i < 2000; i++)
        {
            _cluster.Services.Publish("instance_changed_event", "/prod/web");
        }

        _cluster.Services.Change("/crash", app => app["instances"] = 77);
        await Eventually.HoldsAsync(async () => (await stream.NextAsync()).Contains("of 77", StringComparison.Ordinal), "the last change arrives");

        // A round reads the deployments, each app, and the queue; one may come from before and one from the clock.
        var rounds = (watch.Elapsed.TotalMilliseconds / 100) + 2;
        Assert.InRange(_cluster.Services.Reads - reads, 1, (int)(rounds * 6));
    }

    [Theory]
    [InlineData("cross-site", "http://example.org")]
    [InlineData("same-site", null)]
    [InlineData(null, "http://example.org")]
    [InlineData(null, null)]
    public async Task Command_FromAnotherSite_IsRefusedAndNothingSent(string? site, string? origin)
    {
        var answer = await PostAsync("destroy", site, origin, ("on", "/prod/web"), ("from", "/ui/apps"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_cluster.Services.Changes);
        Assert.Contains("/prod/web", _cluster.Services.Apps.Keys);
    }

    [Fact]
    public async Task Command_FromOurOwnOrigin_IsSent()
    {
        var origin = _cluster.Address.ToString().TrimEnd('/');

        var answer = await PostAsync("restart", null, origin, ("on", "/prod/web"), ("from", "/ui/apps/prod?do=restart&on=/prod/web&q=x"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/ui/apps/prod?q=x", answer.Headers.Location!.OriginalString);
        Assert.Equal(("POST", "apps/prod/web/restart?force=false", ""), Assert.Single(_cluster.Services.Changes));
    }

    [Theory]
    [InlineData("scale", "/prod/web", "amount", "7", "PUT", "apps/prod/web?force=false", "{\"instances\":7}")]
    [InlineData("scale", "/prod", "amount", "1.5", "PUT", "groups/prod?force=false", "{\"scaleBy\":1.5}")]
    [InlineData("suspend", "/prod/web", "x", "", "PUT", "apps/prod/web?force=false", "{\"instances\":0}")]
    [InlineData("destroy", "/prod/web", "force", "true", "DELETE", "apps/prod/web?force=true", "")]
    [InlineData("destroy", "/prod", "x", "", "DELETE", "groups/prod?force=false", "")]
    [InlineData("destroy", "/pods/shop", "x", "", "DELETE", "pods/pods/shop?force=false", "")]
    [InlineData("reset", "/crash", "x", "", "DELETE", "queue/crash/delay", "")]
    [InlineData("kill", "/prod/web", "task", "web.1", "POST", "tasks/delete?force=false&scale=false", "{\"ids\":[\"web.1\"]}")]
    [InlineData("killscale", "/prod/web", "task", "web.1", "POST", "tasks/delete?force=false&scale=true", "{\"ids\":[\"web.1\"]}")]
    [InlineData("revert", "/prod/web", "version", "2031-01-01T00:00:00.000Z", "PUT", "apps/prod/web?force=false", "{\"version\":\"2031-01-01T00:00:00.000Z\"}")]
    [InlineData("newgroup", "/prod", "name", "eu", "POST", "groups?force=false", "{\"id\":\"/prod/eu\"}")]
    [InlineData("stop", "d1", "x", "", "DELETE", "deployments/d1?force=true", "")]
    [InlineData("rollback", "d1", "x", "", "DELETE", "deployments/d1?force=false", "")]
    [InlineData("pause", "d1", "x", "", "POST", "deployments/d1/pause", "")]
    [InlineData("promote", "d1", "x", "", "POST", "deployments/d1/promote", "")]
    public async Task Command_Each_SendsItsRequest(string what, string on, string field, string value, string method, string path, string body)
    {
        var answer = await PostAsync(what, "same-origin", null, ("on", on), ("from", "/ui/apps"), (field, value));

        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        Assert.Equal((method, path, body), Assert.Single(_cluster.Services.Changes));
    }

    [Fact]
    public async Task Command_Locked_ShowsTheDialogAgainAndOffersForce()
    {
        _cluster.Services.Refuse(409, """{"message":"App is locked by one or more deployments.","deployments":[{"id":"d1"}]}""");

        var answer = await PostAsync("scale", "same-origin", null, ("on", "/crash"), ("from", "/ui/apps?do=scale&on=/crash"), ("amount", "9"));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("App is locked", html);
        Assert.Contains("name=\"force\"", html);
        Assert.Contains("value=\"9\"", html);
    }

    [Fact]
    public async Task Command_WithNonsense_IsRefusedByThePage()
    {
        var answer = await PostAsync("scale", "same-origin", null, ("on", "/prod/web"), ("from", "/ui/apps"), ("amount", "many"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("&#x27;many&#x27; is not a number of instances", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_cluster.Services.Changes);
    }

    [Fact]
    public async Task Save_OfTheForm_SendsTheWholeAppWithWhatTheFormDoesNotShow()
    {
        var app = _cluster.Services.Apps["/prod/web"];
        var fields = ServicesSample.FormOf(app);
        fields["cpus"] = "0.75";
        fields["env.1.key"] = "NEW";
        fields["env.1.value"] = "1";

        var answer = await PostAsync("save", "same-origin", null, [.. fields.Select(field => (field.Key, field.Value)), ("do", "save"), ("on", "/prod/web"), ("version", app["version"]!.ToString()), ("mode", "form")]);

        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        Assert.Equal("/ui/apps/prod/web", answer.Headers.Location!.OriginalString);
        var (method, path, body) = Assert.Single(_cluster.Services.Changes);
        Assert.Equal(("PUT", "apps/prod/web?force=false&partialUpdate=false"), (method, path));
        var sent = JsonNode.Parse(body)!;
        Assert.Equal(0.75, sent["cpus"]!.GetValue<double>());
        Assert.Equal("""{"LEVEL":"info","NEW":"1"}""", sent["env"]!.ToJsonString());
        Assert.Equal("/web:80", sent["portDefinitions"]![0]!["labels"]!["VIP_0"]!.ToString());
        Assert.Equal(2, sent["healthChecks"]![0]!["delaySeconds"]!.GetValue<int>());
        Assert.Null(sent["tasksRunning"]);
    }

    [Fact]
    public async Task Save_Refused_ShowsEachProblemAtItsField()
    {
        _cluster.Services.Refuse(422, """{"message":"Object is not valid","details":[{"path":"/cpus","errors":["error.min"]},{"path":"/healthChecks(0)/portIndex","errors":["does not exist"]},{"path":"/weird","errors":["odd"]}]}""");
        var app = _cluster.Services.Apps["/prod/web"];

        var answer = await PostAsync("save", "same-origin", null, [.. ServicesSample.FormOf(app).Select(field => (field.Key, field.Value)), ("do", "save"), ("on", "/prod/web"), ("version", app["version"]!.ToString()), ("mode", "form")]);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("id=\"cpus-problems\"><li>is too small</li>", html);
        Assert.Contains("id=\"health.0.portIndex-problems\"><li>does not exist</li>", html);
        Assert.Contains("/weird: odd", html);
    }

    [Fact]
    public async Task Save_OfAnAppThatSomeoneElseChanged_AsksFirst()
    {
        var fields = ServicesSample.FormOf(_cluster.Services.Apps["/prod/web"]).Select(field => (field.Key, field.Value)).ToList();

        var answer = await PostAsync("save", "same-origin", null, [.. fields, ("do", "save"), ("on", "/prod/web"), ("version", "2030-01-01T00:00:00.000Z"), ("mode", "form")]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("changed by someone else", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_cluster.Services.Changes);
    }

    private Task<HttpResponseMessage> PostAsync(string what, string? site, string? origin, params (string Name, string Value)[] fields) =>
        _http.PostFormAsync($"/ui/_services/{what}", site, origin, fields);
}
