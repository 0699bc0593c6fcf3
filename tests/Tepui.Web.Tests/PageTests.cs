using System.Net;
using TaskState = Tepui.Protocol.V1.TaskState;

namespace Tepui.Web.Tests;

/// <summary>The pages over HTTP, against a master that is told what to say.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private FakeCluster _cluster = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _cluster.Agents.Agents.Add(A.Agent(address: _cluster.Address));
        _cluster.Frameworks.Frameworks.Add(A.Framework());
        _cluster.Tasks.Tasks.Add(A.Task("web.1"));
        _cluster.Tasks.CompletedTasks.Add(A.Task("web.0", TaskState.TaskFailed, message: "exited with <status> 3"));
        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] = "first line\n";
        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/conf/app.json"] = "{}";
        _http = _cluster.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData("/ui", "Ended per minute")]
    [InlineData("/ui/", "Ended per minute")]
    [InlineData("/ui?minutes=120", "aria-current=\"true\">2 h")]
    [InlineData("/ui", "framework connected")]
    [InlineData("/ui/agents", "one.example.org")]
    [InlineData("/ui/agents/S0", "rack: r1")]
    [InlineData("/ui/frameworks", "shop")]
    [InlineData("/ui/frameworks/F0", "web.1")]
    [InlineData("/ui/tasks", "exited with &lt;status&gt; 3")]
    [InlineData("/ui/tasks?state=failed&q=web", "web.0")]
    [InlineData("/ui/tasks/F0/web.1", "data-tail")]
    [InlineData("/ui/tasks/F0/web.1", "conf/</a>")]
    [InlineData("/ui/tasks/F0/web.1?dir=conf", "app.json")]
    public async Task Page_Each_ShowsWhatTheMasterTold(string address, string text)
    {
        var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(html.Contains(text, StringComparison.Ordinal), html);
    }

    [Theory]
    [InlineData("/ui/nosuch")]
    [InlineData("/ui/agents/nosuch")]
    [InlineData("/ui/frameworks/nosuch")]
    [InlineData("/ui/tasks/F0/nosuch")]
    public async Task Page_OfNothing_Is404AndSaysWhat(string address)
    {
        var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("nosuch", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Root_LeadsToTheDashboard_AndTheApiStays()
    {
        var root = await _http.GetAsync("/");

        Assert.Equal(HttpStatusCode.Found, root.StatusCode);
        Assert.Equal("/ui", root.Headers.Location!.OriginalString);
        Assert.Equal("{\"api\":true}", await _http.GetStringAsync("/state"));
    }

    [Fact]
    public async Task Assets_NamedByThePage_AreServedAndKept()
    {
        var html = await _http.GetStringAsync("/ui");
        var assets = System.Text.RegularExpressions.Regex.Matches(html, "(href|src)=\"(?<url>/ui/_content/[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        Assert.Equal(7, assets.Count);
        foreach (System.Text.RegularExpressions.Match asset in assets)
        {
            var answer = await _http.GetAsync(asset.Groups["url"].Value);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/ui/_content/x/nosuch.js")).StatusCode);
    }

    [Fact]
    public async Task Names_WithMarkup_AreText()
    {
        _cluster.Tasks.Tasks.Add(A.Task("<script>alert(1)</script>"));

        var html = await _http.GetStringAsync("/ui/tasks");

        Assert.DoesNotContain("<script>alert", html);
        Assert.Contains("&lt;script&gt;alert(1)", html);
    }

    [Fact]
    public async Task Master_NotAnswering_IsSaidOnThePage()
    {
        _cluster.Down = true;

        await Eventually.HoldsAsync(async () => (await _http.GetStringAsync("/ui")).Contains("The master cannot be read", StringComparison.Ordinal), "the page says so");

        _cluster.Down = false;
        await Eventually.HoldsAsync(async () => !(await _http.GetStringAsync("/ui")).Contains("The master cannot be read", StringComparison.Ordinal), "it is well again");
    }

    [Fact]
    public async Task Live_ATaskChanges_SendsThePageAgain()
    {
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_live?at=" + Uri.EscapeDataString("/ui/tasks?q=web.1")));
        Assert.Contains("running", await stream.NextAsync());

        _cluster.Publish(A.Updated("web.1", TaskState.TaskKilled, message: "by will"));

        await Eventually.HoldsAsync(async () => (await stream.NextAsync()).Contains("by will", StringComparison.Ordinal), "the change arrives");
    }

    [Fact]
    public async Task Live_OfAnAddressElsewhere_IsRefused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.GetAsync("/ui/_live?at=http://example.org/")).StatusCode);

    [Fact]
    public async Task Tail_OfAGrowingFile_SendsItsEndThenWhatComes()
    {
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_tail?framework=F0&task=web.1&file=stdout"));
        Assert.Equal("", await stream.NextAsync());
        Assert.Equal("first line\n", await stream.NextAsync());

        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] += "zweite Zeile: ü\n";
        Assert.Equal("zweite Zeile: ü\n", await stream.NextAsync());

        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] = "rotated\n";
        Assert.Equal("", await stream.NextAsync());
        Assert.Equal("rotated\n", await stream.NextAsync());
    }

    [Theory]
    [InlineData("/ui/_tail?framework=F0&task=web.1&file=nosuch", "There is no nosuch")]
    [InlineData("/ui/_tail?framework=F0&task=nosuch&file=stdout", "not known")]
    [InlineData("/ui/_tail?framework=F0&task=web.1&file=../../secret", "does not lie in the sandbox")]
    public async Task Tail_OfNothing_SaysWhy(string address, string why)
    {
        using var stream = new StreamReader(await _http.GetStreamAsync(address));

        Assert.Contains(why, await stream.NextAsync());
    }

    [Fact]
    public async Task Download_OfAFile_IsNeverAPage()
    {
        var answer = await _http.GetAsync("/ui/_download?framework=F0&task=web.1&file=conf/app.json");

        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/ui/_download?framework=F0&task=web.1&file=../x")).StatusCode);
    }
}
