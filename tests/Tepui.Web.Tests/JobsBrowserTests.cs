using Microsoft.Playwright;

namespace Tepui.Web.Tests;

/// <summary>The pages of the jobs in a browser: by mouse and by keyboard, while they change.</summary>
public sealed class JobsBrowserTests : IAsyncLifetime
{
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
        JobsSample.Layers(_cluster.Jobs, 5, 24);
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
                    await page.WaitForSelectorAsync("[data-live-state=open]");
                    await page.ScreenshotAsync(new() { Path = Path.Combine(TestBrowser.Artifacts, $"jobs-{name}-{size}-{theme}.png"), FullPage = true });
                    Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways on a {size}");
                }

                await page.Context.DisposeAsync();
            }
        }

        Assert.Empty(_browser.Errors);
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var page = await _browser.OpenAsync(_cluster.Address);
        await page.GotoAsync(address);
        await page.WaitForSelectorAsync("[data-live-state=open]");
        return page;
    }
}
