using Microsoft.Playwright;

namespace Tepui.Web.Tests;

/// <summary>The pages of the services in a browser: by mouse and by keyboard, while they change.</summary>
public sealed class ServicesBrowserTests : IAsyncLifetime
{
    private TestBrowser _browser = null!;
    private FakeCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync(services: true);
        _cluster.Agents.Agents.Add(A.Agent(address: _cluster.Address));
        _cluster.Frameworks.Frameworks.Add(A.Framework());
        _cluster.Tasks.Tasks.Add(A.Task("web.1"));
        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] = "listening on 8080\n";
        ServicesSample.Fill(_cluster.Services);
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
        foreach (var (theme, scheme) in new[] { ("light", ColorScheme.Light), ("dark", ColorScheme.Dark) })
        {
            foreach (var (size, width, height) in new[] { ("desktop", 1280, 860), ("phone", 390, 844) })
            {
                var page = await _browser.OpenAsync(_cluster.Address, width, height, scheme);
                foreach (var (name, address) in new[]
                {
                    ("apps", "/ui/apps"), ("group", "/ui/apps/prod"), ("app", "/ui/apps/prod/web?output=web.1"), ("configuration", "/ui/apps/prod/web?tab=configuration"), ("debug", "/ui/apps/crash?tab=debug"),
                    ("volumes", "/ui/apps/store?tab=volumes"), ("deployments", "/ui/deployments"), ("create", "/ui/create"), ("edit", "/ui/edit/prod/web"), ("json", "/ui/edit/prod/web?mode=json"),
                    ("scale", "/ui/apps/prod?do=scale&on=/prod/web&amount=6"), ("destroy", "/ui/apps?do=destroy&on=/prod"), ("stop", "/ui/deployments?do=stop&on=d1"),
                })
                {
                    await page.GotoAsync(address);
                    await page.ArriveAsync(address);
                    await page.ScreenshotAsync(new() { Path = Path.Combine(TestBrowser.Artifacts, $"services-{name}-{size}-{theme}.png"), FullPage = true });
                    Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways on a {size}");
                }

                await page.Context.DisposeAsync();
            }
        }

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Scale_ByKeyboardAlone_SaysWhatWillHappenAndDoesIt()
    {
        var page = await OpenAsync("/ui/apps/prod");

        await page.Locator("summary[aria-label='Actions on /prod/web']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement?.name === 'amount'");
        Assert.EndsWith("?do=scale&on=%2Fprod%2Fweb", page.Url);
        await page.Keyboard.TypeAsync("6");
        await page.GetByText("Starts 2 instances, which take 1 of CPU and 256 MiB of memory.").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("2 of 6").WaitForAsync();

        Assert.Equal("{\"instances\":6}", Assert.Single(_cluster.Services.Changes).Body);
        await page.Locator("[data-dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.EndsWith("/ui/apps/prod", page.Url);
        Assert.Equal("Actions on /prod/web", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')"));
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Dialog_Escape_ClosesItAndGivesTheFocusBack()
    {
        var page = await OpenAsync("/ui/apps/prod/web");
        var suspend = page.GetByRole(AriaRole.Link, new() { Name = "Suspend" });

        await suspend.ClickAsync();
        await page.Locator("[data-dialog]").WaitForAsync();
        await page.GetByText("Stops 4 instances (2 running)").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('[data-dialog]').contains(document.activeElement)"));
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("[data-dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.WaitForFunctionAsync("() => document.activeElement.textContent === 'Suspend'");
        Assert.Empty(_cluster.Services.Changes);
    }

    [ChromiumFact]
    public async Task Dialog_Refused_SaysWhyAndKeepsWhatWasTyped()
    {
        var page = await OpenAsync("/ui/apps?do=scale&on=/crash");
        _cluster.Services.Refuse(409, """{"message":"App is locked by one or more deployments.","deployments":[{"id":"d1"}]}""");

        await page.Locator("input[name=amount]").FillAsync("9");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("App is locked by one").WaitForAsync();
        _cluster.Services.Change("/crash", app => app["instances"] = 4);
        await page.GetByText("4 instances wanted now").WaitForAsync();
        Assert.Equal("9", await page.Locator("input[name=amount]").InputValueAsync());
        Assert.True(await page.GetByText("App is locked by one").IsVisibleAsync());
        await page.GetByText("Force:").ClickAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("[data-dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal("apps/crash?force=true", _cluster.Services.Changes.Last().Path);
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task List_WhileItChanges_KeepsFocusMenuAndSearch()
    {
        var page = await OpenAsync("/ui/apps");
        await page.Locator("summary[aria-label='Actions on /crash']").ClickAsync();
        await page.Keyboard.PressAsync("Tab");

        _cluster.Services.Apps["/aaa"] = FakeServices.App("/aaa");
        _cluster.Services.Apps.TryRemove("/asleep", out _);
        _cluster.Services.Publish("group_change_success");
        await page.Locator("tr[data-key='/aaa']").WaitForAsync();
        await page.Locator("tr[data-key='/asleep']").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal("Scale", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        Assert.True(await page.Locator("tr[data-key='/crash'] [data-menu][open]").IsVisibleAsync());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Filters_Chosen_AreInTheAddressAndTheBackButtonUndoesThem()
    {
        var page = await OpenAsync("/ui/apps");

        await page.Locator(".filters").GetByText("Delayed").ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('tbody tr').length === 1");
        Assert.EndsWith("/ui/apps?status=delayed", page.Url);
        await page.Keyboard.PressAsync("s");
        await page.Keyboard.TypeAsync("zzz");
        await page.GetByText("No application matches.").WaitForAsync();
        Assert.EndsWith("/ui/apps?q=zzz&status=delayed", page.Url);
        await page.GetByText("Show all").ClickAsync();
        await page.Locator("tr[data-key='/prod']").WaitForAsync();
        Assert.Equal("", await page.Locator("[data-search]").InputValueAsync());
        await page.GoBackAsync();
        await page.GetByText("No application matches.").WaitForAsync();

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Keys_Each_LeadWhereTheySay()
    {
        var page = await OpenAsync("/ui/apps");

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("d");
        await page.ArriveAsync("/ui/deployments");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("a");
        await page.ArriveAsync("/ui/apps");
        await page.Keyboard.PressAsync("?");
        await page.GetByText("New application", new() { Exact = true }).And(page.Locator("dd")).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Shift+C");
        await page.WaitForFunctionAsync("() => document.activeElement?.name === 'name'");
        await page.Keyboard.TypeAsync("eu");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("tr[data-key='/eu']").WaitForAsync();
        await page.Keyboard.PressAsync("c");
        await page.ArriveAsync("/ui/create");
        await page.WaitForFunctionAsync("() => document.activeElement?.name === 'id'");
        await page.GotoAsync("/ui/apps/prod/web");
        await page.ArriveAsync("/ui/apps/prod/web");
        await page.Keyboard.PressAsync("e");
        await page.ArriveAsync("/ui/edit/prod/web");

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Create_WithMistakes_ShowsThemAtTheirFieldsThenCreates()
    {
        var page = await OpenAsync("/ui/create/prod");
        await page.Locator("#id").FillAsync("/prod/new");
        await page.Locator("#cmd").FillAsync("sleep 1000");
        await page.Locator("#cpus").FillAsync("lots");
        await page.GetByText("Environment").ClickAsync();
        await page.GetByText("Add a variable").ClickAsync();
        await page.Locator("[id='env.0.key']").FillAsync("LEVEL");
        await page.Locator("[id='env.0.value']").FillAsync("debug");

        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("'lots' is not a number.").WaitForAsync();
        Assert.Equal("cpus", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Empty(_cluster.Services.Changes);
        await page.Locator("#cpus").FillAsync("0.2");
        _cluster.Services.Refuse(422, """{"message":"Object is not valid","details":[{"path":"/mem","errors":["error.min"]}]}""");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#mem-problems").GetByText("is too small").WaitForAsync();
        Assert.Equal("debug", await page.Locator("[id='env.0.value']").InputValueAsync());
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("/ui/apps/prod/new");

        var body = System.Text.Json.Nodes.JsonNode.Parse(_cluster.Services.Changes.Last().Body)!;
        Assert.Equal("sleep 1000", body["cmd"]!.ToString());
        Assert.Equal("debug", body["env"]!["LEVEL"]!.ToString());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Json_Switched_KeepsWhatWasFilledInAndPointsAtTheLine()
    {
        var page = await OpenAsync("/ui/edit/prod/web");
        await page.Locator("#cpus").FillAsync("0.7");

        await page.GetByText("As JSON").ClickAsync();
        await page.Locator("#json").WaitForAsync();
        Assert.Contains("\"cpus\": 0.7", await page.Locator("#json").InputValueAsync());
        Assert.Contains("VIP_0", await page.Locator("#json").InputValueAsync());
        await page.Locator("#json").FillAsync("{\n  \"id\": \"/prod/web\",\n  \"cpus\": oops\n}");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("Line 3: it is not JSON.").WaitForAsync();
        await page.Locator("#json").FillAsync("{\n  \"id\": \"/prod/web\",\n  \"cpus\": -1,\n  \"instances\": 1\n}");
        _cluster.Services.Refuse(422, """{"message":"Object is not valid","details":[{"path":"/cpus","errors":["error.min"]}]}""");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("Line 3, /cpus: is too small").WaitForAsync();
        await page.GetByText("As form").ClickAsync();
        await page.Locator("#cpus").WaitForAsync();

        Assert.Equal("-1", await page.Locator("#cpus").InputValueAsync());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Instances_Ticked_AreKilledAndScaled()
    {
        var page = await OpenAsync("/ui/apps/prod/web");

        await page.GetByLabel("Choose web.2").CheckAsync();
        _cluster.Services.Change("/prod/web", app => app["tasksRunning"] = 3);
        await page.GetByText("3 of 4").WaitForAsync();
        await page.GetByText("Kill and scale").ClickAsync();
        await page.GetByText("/prod/web goes from 4 instances to 3").WaitForAsync();
        await page.Locator("[data-dialog] button").ClickAsync();
        await page.Locator("[data-dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal(("POST", "tasks/delete?force=false&scale=true", "{\"ids\":[\"web.2\"]}"), Assert.Single(_cluster.Services.Changes));
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Instance_Output_FollowsTheFile()
    {
        var page = await OpenAsync("/ui/apps/prod/web");

        await page.Locator("tr[data-key='web.1']").GetByText("stdout").ClickAsync();
        await page.GetByText("listening on 8080").WaitForAsync();
        _cluster.Services.Change("/prod/web", app => app["tasksRunning"] = 3);
        await page.GetByText("3 of 4").WaitForAsync();
        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] += "a request came\n";
        await page.GetByText("a request came").WaitForAsync();

        Assert.Contains("listening on 8080", await page.Locator("[data-tail]").TextContentAsync());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Deployment_PausedResumedAndStopped_FollowsLive()
    {
        var page = await OpenAsync("/ui/deployments");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByText("paused").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        _cluster.Services.Deployments[0]["progress"]![0]!["ready"] = 3;
        _cluster.Services.Publish("deployment_step_success");
        await page.GetByText("3 of 4 ready").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Stop" }).ClickAsync();
        await page.GetByText("It is at step 2 of 2.").WaitForAsync();
        await page.GetByText("Stop it here").ClickAsync();
        await page.GetByText("No deployment runs now.").WaitForAsync();

        Assert.Equal("deployments/d1?force=true", _cluster.Services.Changes.Last().Path);
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
