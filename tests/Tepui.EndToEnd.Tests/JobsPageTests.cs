using Microsoft.Playwright;
using Tepui.EndToEnd.Tests.Processes;
using Tepui.Web.Tests;

namespace Tepui.EndToEnd.Tests;

/// <summary>The pages of the jobs in a browser, with everything behind them real. Screenshots go where those of the other browser tests go.</summary>
public sealed class JobsPageTests : IAsyncLifetime, IDisposable
{
    private readonly Machine _machine = new();
    private LocalCluster _cluster = null!;
    private TestBrowser _browser = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _browser = await TestBrowser.StartAsync();
        _cluster = await LocalCluster.StartAsync(_machine, "--no-services", "--jobs-port", "0", "--resources", "cpus:4;mem:2048;disk:2048;ports:[31000-31999]");
        _address = new Uri($"http://{_cluster.Master}/");
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _cluster.Dispose();
    }

    public void Dispose() => _machine.Dispose();

    [ChromiumFact]
    public async Task Job_FromItsFormToItsEnd_IsSeenOnThePage()
    {
        var page = await _browser.OpenAsync(_address);
        await page.GotoAsync("/ui/jobs");
        await page.ArriveAsync("/ui/jobs");
        await page.GetByText("No jobs yet").WaitForAsync();

        // A job with mistakes, then one that is due once, far off.
        await page.Keyboard.PressAsync("c");
        await page.ArriveAsync("/ui/job-new");
        await page.Locator("#name").FillAsync("not allowed");
        await page.Locator("#command").FillAsync("echo level $LEVEL with");
        await page.Locator("#schedule").FillAsync("R/2131-05-01T06:30:00Z/PX");
        await page.Locator("[data-preview-target] .problems").WaitForAsync();
        await page.Locator("#schedule").FillAsync("R/2131-05-01T06:30:00Z/P1D");
        await page.Locator("#zone").FillAsync("America/Denver");
        await page.GetByText("2131-05-01 06:30:00 -06:00").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#name-problems").WaitForAsync();
        await page.Locator("#name").FillAsync("sweep");
        await page.Locator("#cpus").FillAsync("0.1");
        await page.Locator("#mem").FillAsync("32");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("/ui/jobs/sweep");

        // One that depends on it.
        await page.Locator("section[aria-label=Children]").GetByText("New").ClickAsync();
        await page.ArriveAsync("/ui/job-new?parent=sweep");
        await page.GetByText("It runs when sweep has run.").WaitForAsync();
        await page.Locator("#name").FillAsync("report");
        await page.Locator("#command").FillAsync("echo reported; sleep 1000");
        await page.Locator("#cpus").FillAsync("0.1");
        await page.Locator("#mem").FillAsync("32");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("/ui/jobs/report");

        // Run with arguments: its output is there, and its child runs.
        await page.GotoAsync("/ui/jobs/sweep");
        await page.ArriveAsync("/ui/jobs/sweep");
        await page.Keyboard.PressAsync("r");
        await page.WaitForFunctionAsync("() => document.activeElement?.name === 'arguments'");
        await page.Keyboard.TypeAsync("brooms");
        await page.Locator("textarea[name=environment]").FillAsync("LEVEL=high");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#run-1 .badge").GetByText("succeeded").WaitForAsync();
        await page.Locator("#run-1").GetByText("stdout").ClickAsync();
        await page.Locator("[data-tail]").GetByText("level high with brooms").WaitForAsync();
        await ShootAsync(page, "job");
        await page.GotoAsync("/ui/graph");
        await page.Locator("a.node.running[data-key=report]").WaitForAsync();
        await ShootAsync(page, "graph");

        // Its tasks are stopped, and the parent goes: the child has its schedule then.
        await page.Locator("a.node[data-key=report]").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Stop", Exact = true }).ClickAsync();
        await page.GetByText("Kill the task").ClickAsync();
        await page.Locator("#run-1 .badge").GetByText("killed").WaitForAsync();
        await page.GotoAsync("/ui/jobs");
        await page.ArriveAsync("/ui/jobs");
        await page.Locator("summary[aria-label='Actions on sweep']").ClickAsync();
        await page.Locator("tr[data-key=sweep]").GetByText("Delete").ClickAsync();
        await page.GetByText("report depends on it and gets its schedule").WaitForAsync();
        await page.Locator("[data-dialog]").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Locator("tr[data-key=sweep]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("tr[data-key=report] td[title*='R/2131-05-01']").WaitForAsync();

        Assert.Empty(_browser.Errors);
    }

    private static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(TestBrowser.Artifacts, $"real-jobs-{name}.png"), FullPage = true });
}
