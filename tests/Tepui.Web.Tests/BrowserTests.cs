using Microsoft.Playwright;
using TaskState = Tepui.Protocol.V1.TaskState;

namespace Tepui.Web.Tests;

/// <summary>The pages in a browser: nothing fails, updates arrive without reload, a phone shows everything. Screenshots go to the folder of TEPUI_ARTIFACTS, or artifacts/web beside the test's binaries.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private TestBrowser _browser = null!;
    private FakeCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        Fill();
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
                var page = await OpenAsync(width, height, scheme);
                foreach (var (name, address) in new[] { ("dashboard", "/ui"), ("agents", "/ui/agents"), ("agent", "/ui/agents/S0"), ("frameworks", "/ui/frameworks"), ("framework", "/ui/frameworks/F0"), ("tasks", "/ui/tasks"), ("task", "/ui/tasks/F0/web.1") })
                {
                    await page.GotoAsync(address);
                    await page.ArriveAsync(address);
                    if (name == "task")
                    {
                        await page.WaitForFunctionAsync("() => document.querySelector('[data-tail]').textContent.includes('listening')");
                    }

                    await page.ScreenshotAsync(new() { Path = Path.Combine(TestBrowser.Artifacts, $"{name}-{size}-{theme}.png"), FullPage = true });
                    Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways on a {size}");
                }

                await page.Context.DisposeAsync();
            }
        }

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task TaskPage_WhileTheTaskRuns_FollowsStateAndOutput()
    {
        var page = await OpenAsync(1280, 860, ColorScheme.Light);
        await page.GotoAsync("/ui/tasks/F0/web.1");
        await page.GetByText("listening on 8080").WaitForAsync();

        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] += "a request came\n";
        await page.GetByText("a request came").WaitForAsync();
        _cluster.Publish(A.Updated("web.1", TaskState.TaskFailed, message: "Command exited with status 3"));
        await page.GetByText("Command exited with status 3").WaitForAsync();

        Assert.Contains("a request came", await page.Locator("[data-tail]").TextContentAsync());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task TaskList_WhileTyping_FiltersAndKeepsItInTheAddress()
    {
        var page = await OpenAsync(1280, 860, ColorScheme.Light);
        await page.GotoAsync("/ui/tasks");
        await page.ArriveAsync("/ui/tasks");

        await page.Locator("input[type=search]").PressSequentiallyAsync("batch.7");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('tbody tr').length === 1");

        Assert.EndsWith("/ui/tasks?q=batch.7", page.Url);
        Assert.Equal("batch.7", await page.Locator("input[type=search]").InputValueAsync());
        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Theme_Toggled_StaysAcrossPages()
    {
        var page = await OpenAsync(1280, 860, ColorScheme.Light);
        await page.GotoAsync("/ui");
        var light = await BackgroundAsync(page);

        await page.Locator("[data-theme-toggle]").ClickAsync();
        var dark = await BackgroundAsync(page);
        await page.GotoAsync("/ui/agents");

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await BackgroundAsync(page));
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private Task<IPage> OpenAsync(int width, int height, ColorScheme scheme) => _browser.OpenAsync(_cluster.Address, width, height, scheme);

    private void Fill()
    {
        _cluster.Agents.Agents.Add(A.Agent(address: _cluster.Address));
        _cluster.Agents.Agents.Add(A.Agent("S1", "two.example.org", _cluster.Address));
        _cluster.Agents.Agents[1].Active = false;
        _cluster.Frameworks.Frameworks.Add(A.Framework());
        _cluster.Frameworks.Frameworks.Add(A.Framework("bd9ca0b0-3d12-4da6-b061-38833db7495c-0006", "nightly batch"));
        _cluster.Tasks.Tasks.Add(A.Task("web.1"));
        _cluster.Tasks.Tasks.Add(A.Task("web.2", TaskState.TaskStaging, agent: "S1"));
        for (var i = 0; i < 10; i++)
        {
            _cluster.Tasks.CompletedTasks.Add(A.Task($"batch.{i}", i % 4 == 3 ? TaskState.TaskFailed : TaskState.TaskFinished, "bd9ca0b0-3d12-4da6-b061-38833db7495c-0006", message: $"Command exited with status {i % 4 / 3}"));
        }

        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stdout"] = string.Concat(Enumerable.Range(1, 60).Select(i => $"2026-01-01 00:00:{i % 60:00} warming up, step {i}\n")) + "listening on 8080\n";
        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/stderr"] = "";
        _cluster.Files["/frameworks/F0/executors/web.1/runs/latest/conf/app.json"] = "{}";
        foreach (var (name, value) in new (string, double)[]
        {
            ("master/cpus_total", 16), ("master/cpus_used", 6), ("tepui/usage/cpus", 2.5), ("master/mem_total", 16384), ("master/mem_used", 4096), ("tepui/usage/mem_bytes", 2.1e9),
            ("master/disk_total", 40000), ("master/disk_used", 9000), ("tepui/usage/disk_bytes", 1.2e9), ("master/tasks_running", 1), ("master/tasks_staging", 1), ("master/tasks_finished", 8), ("master/tasks_failed", 2),
        })
        {
            _cluster.Metrics[name] = value;
        }
    }
}
