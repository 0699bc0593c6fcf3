using Microsoft.Playwright;

namespace Tepui.Web.Tests;

/// <summary>The pages of the jobs in a browser: by mouse and by keyboard, while they change.</summary>
public sealed class JobsBrowserTests : IAsyncLifetime
{
    // What a reader of the screen could not name; and headings of the page, of which there is one.
    private const string Nameless = """
        () => [
          ...[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(one => !one.hidden && !one.labels?.length && !one.ariaLabel),
          ...[...document.querySelectorAll('a, button, summary')].filter(one => !one.textContent.trim() && !one.ariaLabel && !one.ariaHidden),
          ...[...document.querySelectorAll('h1')].slice(1),
        ].map(one => one.outerHTML.slice(0, 200)).join('\n')
        """;

    private TestBrowser _browser = null!;
    private FakeCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync(jobs: true);
        _cluster.Agents.Agents.Add(A.Agent(address: _cluster.Address));
        _cluster.Files["/frameworks/F0/executors/night_sweep.39/runs/latest/stdout"] = "swept 12 rooms\n";
        JobsSample.Fill(_cluster.Jobs);
        _browser = await TestBrowser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [ChromiumFact]
    public async Task Pages_AllSizesAndThemes_ShowWithoutErrorsOrSidewaysScrolling()
    {
        JobsSample.Layers(_cluster.Jobs, 4, 7);
        await using var empty = await FakeCluster.StartAsync(jobs: true);
        foreach (var (theme, scheme) in new[] { ("light", ColorScheme.Light), ("dark", ColorScheme.Dark) })
        {
            foreach (var (size, width, height) in new[] { ("desktop", 1280, 860), ("phone", 390, 844) })
            {
                var page = await _browser.OpenAsync(_cluster.Address, width, height, scheme);
                foreach (var (name, address) in new[]
                {
                    ("list", "/ui/jobs"), ("job", "/ui/jobs/night_sweep?output=39.0"), ("waiting", "/ui/jobs/tally"), ("graph", "/ui/graph"), ("around", "/ui/graph?job=report"), ("fit", "/ui/graph?fit=1"),
                    ("create", "/ui/job-new"), ("edit", "/ui/job-edit/night_sweep"), ("dependent", "/ui/job-edit/tally"), ("json", "/ui/job-edit/tally?mode=json"),
                    ("run", "/ui/jobs?do=run&on=night_sweep"), ("delete", "/ui/jobs?do=delete&on=night_sweep"), ("backfill", "/ui/jobs/night_sweep?do=backfill&on=night_sweep"),
                    ("empty", new Uri(empty.Address, "/ui/jobs").ToString()),
                })
                {
                    await page.GotoAsync(address);
                    await page.ArriveAsync(address);
                    await page.ScreenshotAsync(new() { Path = Path.Combine(TestBrowser.Artifacts, $"jobs-{name}-{size}-{theme}.png"), FullPage = true });
                    Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways on a {size}");
                    Assert.Equal("", await page.EvaluateAsync<string>(Nameless));
                }

                await page.Context.DisposeAsync();
            }
        }

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Run_ByKeyboardAlone_SendsArgumentsAndFollowsLive()
    {
        var page = await OpenAsync("/ui/jobs/tally");

        await page.Keyboard.PressAsync("r");
        await page.WaitForFunctionAsync("() => document.activeElement?.name === 'arguments'");
        await page.Keyboard.TypeAsync("--fast");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("[data-dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByText("1 running, 1 queued").First.WaitForAsync();

        Assert.Equal(("POST", "job/tally/run", "{\"arguments\":\"--fast\"}"), Assert.Single(_cluster.Jobs.Changes));
        Assert.EndsWith("/ui/jobs/tally", page.Url);
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Counters_Clicked_FilterAndTheBackButtonUndoesIt()
    {
        var page = await OpenAsync("/ui/jobs");

        await page.Locator(".counters").GetByText("failure").ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('tbody tr').length === 1");
        Assert.EndsWith("/ui/jobs?status=failure", page.Url);
        await page.Keyboard.PressAsync("s");
        await page.Keyboard.TypeAsync("zzz");
        await page.GetByText("No job matches.").WaitForAsync();
        await page.GetByText("Show all").ClickAsync();
        await page.Locator("tr[data-key='asleep']").WaitForAsync();
        Assert.Equal("", await page.Locator("[data-search]").InputValueAsync());
        await page.GoBackAsync();
        await page.GetByText("No job matches.").WaitForAsync();

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task List_WhileItChanges_KeepsFocusAndMenu()
    {
        var page = await OpenAsync("/ui/jobs");
        await page.Locator("summary[aria-label='Actions on night_sweep']").ClickAsync();
        await page.Keyboard.PressAsync("Tab");

        JobsSample.Add(_cluster.Jobs, FakeJobs.Job("aaa"));
        _cluster.Jobs.Publish("job_changed", "aaa");
        await page.Locator("tr[data-key='aaa']").WaitForAsync();
        _cluster.Jobs.Change("night_sweep", job => job["extras"]!["running"] = 3);
        await page.GetByText("3 running").WaitForAsync();

        Assert.Equal("Run now", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        Assert.True(await page.Locator("tr[data-key='night_sweep'] [data-menu][open]").IsVisibleAsync());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Job_DisabledFromTheMenu_IsStruckThrough()
    {
        var page = await OpenAsync("/ui/jobs");

        await page.Locator("summary[aria-label='Actions on night_sweep']").ClickAsync();
        await page.Locator("tr[data-key='night_sweep']").GetByText("Disable").ClickAsync();
        await page.Locator("tr[data-key='night_sweep'] .off").WaitForAsync();

        Assert.Equal("job/night_sweep/disable", Assert.Single(_cluster.Jobs.Changes).Path);
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Job_Deleted_SaysWhatBecomesOfItsChildrenAndLeadsToTheList()
    {
        var page = await OpenAsync("/ui/jobs/pack-box");

        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await page.GetByText("tally depends on it and gets its schedule").WaitForAsync();
        await page.Locator("[data-dialog] button").ClickAsync();
        await page.ArriveAsync("/ui/jobs");

        Assert.Equal(("DELETE", "job/pack-box", ""), Assert.Single(_cluster.Jobs.Changes));
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Create_WhileTyping_ShowsTheNextRunsAndProblemsAtTheirFields()
    {
        var page = await OpenAsync("/ui/jobs");
        await page.Keyboard.PressAsync("c");
        await page.ArriveAsync("/ui/job-new");
        await page.Locator("#name").FillAsync("brand-new");

        await page.Locator("#schedule").FillAsync("R//PXH");
        await page.GetByText("the period has no number before X").WaitForAsync();
        await page.GetByText("Cron", new() { Exact = true }).First.ClickAsync();
        Assert.False(await page.Locator("#schedule").IsVisibleAsync());
        await page.Locator("#cron").FillAsync("0 8 * * *");
        await page.GetByText("2031-05-01 08:00:00 -06:00").WaitForAsync();
        await page.Locator("#command").FillAsync("echo hi");
        await page.Locator("#cpus").FillAsync("lots");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("'lots' is not a number.").WaitForAsync();
        Assert.Equal("cpus", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal("0 8 * * *", await page.Locator("#cron").InputValueAsync());
        Assert.Empty(_cluster.Jobs.Changes);
        await page.Locator("#cpus").FillAsync("0.2");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("/ui/jobs/brand-new");

        var (method, path, body) = Assert.Single(_cluster.Jobs.Changes);
        Assert.Equal(("POST", "iso8601?strict=true"), (method, path));
        var sent = System.Text.Json.Nodes.JsonNode.Parse(body)!;
        Assert.Equal(("0 8 * * *", null), (sent["cron"]!.ToString(), sent["schedule"]));
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Json_Switched_KeepsWhatWasFilledInAndPointsAtTheLine()
    {
        var page = await OpenAsync("/ui/job-edit/tally");
        await page.Locator("#cpus").FillAsync("0.7");

        await page.GetByText("As JSON").ClickAsync();
        await page.Locator("#json").WaitForAsync();
        Assert.Contains("\"cpus\": 0.7", await page.Locator("#json").InputValueAsync());
        await page.Locator("#json").FillAsync("{\n  \"name\": \"tally\",\n  \"cpus\": oops\n}");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("Line 3: it is not JSON.").WaitForAsync();
        await page.Locator("#json").FillAsync("{\n  \"name\": \"tally\",\n  \"parents\": [\"night_sweep\"],\n  \"cpus\": -1\n}");
        _cluster.Jobs.Refuse(400, """{"message":"no","problems":[{"path":"cpus","message":"is -1; it must be zero or more"}]}""");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("Line 4, cpus: is -1").WaitForAsync();
        await page.GetByText("It runs when night_sweep has run.").WaitForAsync();
        await page.GetByText("As form").ClickAsync();
        await page.Locator("#cpus").WaitForAsync();

        Assert.Equal("-1", await page.Locator("#cpus").InputValueAsync());
        Assert.Equal("dependency?strict=true", Assert.Single(_cluster.Jobs.Changes).Path);
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Graph_WhileAJobRuns_ColoursItLiveAndLeadsToTheJob()
    {
        var page = await OpenAsync("/ui/graph");
        await page.Locator("a.node[data-key='night_sweep']:not(.running)").WaitForAsync();

        _cluster.Jobs.Change("night_sweep", job => job["extras"]!["running"] = 1);
        await page.Locator("a.node.running[data-key='night_sweep']").WaitForAsync();
        Assert.Equal("running", await page.EvaluateAsync<string>("() => [...document.querySelectorAll('.edge')].find(edge => edge.dataset.key === 'night_sweep>tally').classList[1]"));
        await page.Locator("a.node[data-key='tally']").ClickAsync();
        await page.ArriveAsync("/ui/jobs/tally");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await page.ArriveAsync("/ui/graph?job=tally");

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Chart_PointedAt_TellsOfTheRun()
    {
        var page = await OpenAsync("/ui/jobs/night_sweep");

        await page.Locator(".bar[data-key='36']").HoverAsync();
        await page.GetByText("Run 36 failed").WaitForAsync();
        Assert.True(await page.Locator(".bar[data-key='36'] .tip").IsVisibleAsync());
        await page.Locator("tr[data-key='39']").GetByText("stdout").ClickAsync();
        await page.GetByText("swept 12 rooms").WaitForAsync();
        _cluster.Files["/frameworks/F0/executors/night_sweep.39/runs/latest/stdout"] += "and one more\n";
        await page.GetByText("and one more").WaitForAsync();

        Assert.Empty(_browser.Errors);
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var page = await _browser.OpenAsync(_cluster.Address);
        await page.GotoAsync(address);
        await page.ArriveAsync(address);
        return page;
    }
}
