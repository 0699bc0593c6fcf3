using Microsoft.Playwright;
using Tepui.EndToEnd.Tests.Processes;
using Tepui.Web.Tests;

namespace Tepui.EndToEnd.Tests;

/// <summary>The pages of the services in a browser, with everything behind them real. Screenshots go where those of the other browser tests go.</summary>
public sealed class ServicesPageTests : IAsyncLifetime, IDisposable
{
    private readonly Machine _machine = new();
    private LocalCluster _cluster = null!;
    private TestBrowser _browser = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _browser = await TestBrowser.StartAsync();
        _cluster = await LocalCluster.StartAsync(_machine, "--services-port", "0", "--resources", "cpus:4;mem:2048;disk:2048;ports:[31000-31999]");
        _address = new Uri($"http://{_cluster.Master}/");
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _cluster.Dispose();
    }

    public void Dispose() => _machine.Dispose();

    [ChromiumFact]
    public async Task App_FromItsFormToItsEnd_IsSeenOnThePage()
    {
        var page = await OpenAsync("/ui/apps");

        await CreateAsync(page, "/shop/web", "while true; do echo level $LEVEL; sleep 1; done", "2");
        await RunsAsync(page, "2 of 2");
        await ShootAsync(page, "app");

        // Another configuration, seen as a version, and back.
        await page.Keyboard.PressAsync("e");
        await page.ArriveAsync("/ui/edit/shop/web");
        await page.GetByText("Environment", new() { Exact = true }).ClickAsync();
        await page.GetByText("Add a variable").ClickAsync();
        await page.Locator("[id='env.0.key']").FillAsync("LEVEL");
        await page.Locator("[id='env.0.value']").FillAsync("high");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("/ui/apps/shop/web");
        await page.Locator("tbody tr").Filter(new() { HasText = "older" }).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await RunsAsync(page, "2 of 2");
        await page.Locator("tbody").GetByText("stdout").First.ClickAsync();
        await page.Locator("[data-tail]").GetByText("level high").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Configuration" }).ClickAsync();
        await page.Locator("tr[data-key='env.LEVEL']").WaitForAsync();
        await ShootAsync(page, "configuration");
        await page.Locator("select[name=show]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByText("Roll back to this").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await DialogClosesAsync(page);
        await page.GotoAsync("/ui/apps/shop/web?tab=configuration");
        await page.Locator("tr[data-key='env.LEVEL'] del").GetByText("high").WaitForAsync();

        // Fewer, other, and no instances.
        await page.GetByRole(AriaRole.Link, new() { Name = "Scale" }).ClickAsync();
        await page.Locator("input[name=amount]").FillAsync("3");
        await page.GetByText("Starts 1 instance").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await DialogClosesAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Instances" }).ClickAsync();
        await RunsAsync(page, "3 of 3");
        await SettledAsync(page);
        await page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kill and scale" }).ClickAsync();
        await page.GetByText("goes from 3 instances to 2").WaitForAsync();
        await page.Locator("[data-dialog] button").ClickAsync();
        await DialogClosesAsync(page);
        await RunsAsync(page, "2 of 2");
        await SettledAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Suspend" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await RunsAsync(page, "0 of 0");
        await SettledAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Destroy" }).ClickAsync();
        await page.GetByText("This cannot be undone.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Destroy" }).ClickAsync();
        await page.ArriveAsync("/ui/apps/shop");

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task App_ThatFindsNoPlace_IsExplainedAndItsDeploymentCanBeUndone()
    {
        var page = await OpenAsync("/ui/apps");

        await CreateAsync(page, "/big", "sleep 1000", "1", cpus: "64");
        await page.GetByText("Waiting", new() { Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Debug" }).ClickAsync();
        await page.GetByText("InsufficientCpus").First.WaitForAsync();
        await ShootAsync(page, "debug");
        await page.GotoAsync("/ui/deployments");
        await page.GetByText("0 of 1 ready").WaitForAsync();
        await ShootAsync(page, "deployments");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByText("paused", new() { Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Roll back" }).ClickAsync();
        await page.GetByText("A new deployment takes its place").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await page.GetByText("No deployment runs now.").WaitForAsync();
        await page.GotoAsync("/ui/apps");
        await page.GetByText("Nothing runs here yet.").WaitForAsync();

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task Pod_FromJson_RunsInItsGroupUntilTheGroupIsDestroyed()
    {
        var page = await OpenAsync("/ui/apps");

        await page.Keyboard.PressAsync("Shift+C");
        await page.Locator("input[name=name]").FillAsync("shop");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("tr[data-key='/shop'] a").First.ClickAsync();
        await page.ArriveAsync("/ui/apps/shop");
        await page.GotoAsync("/ui/create/shop?mode=json");
        await page.Locator("#json").FillAsync(
            """
            {"id": "/shop/pair", "containers": [
            {"name": "front", "exec": {"command": {"shell": "while true; do echo from the front; sleep 1; done"}}, "resources": {"cpus": 0.1, "mem": 32}},
            {"name": "back", "exec": {"command": {"shell": "sleep 1000"}}, "resources": {"cpus": 0.1, "mem": 32}}]}
            """);
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("/ui/apps/shop/pair");
        await RunsAsync(page, "1 of 1");
        await page.Locator("tbody").GetByText("front", new() { Exact = true }).ClickAsync();
        await page.Locator("[data-tail]").GetByText("from the front").WaitForAsync();
        await ShootAsync(page, "pod");
        await page.GetByRole(AriaRole.Link, new() { Name = "Scale" }).ClickAsync();
        await page.Locator("input[name=amount]").FillAsync("2");
        await page.GetByText("Starts 1 instance").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await DialogClosesAsync(page);
        await RunsAsync(page, "2 of 2");
        await page.GotoAsync("/ui/apps");
        await page.Locator("summary[aria-label='Actions on /shop']").ClickAsync();
        await page.Locator("tr[data-key='/shop']").GetByText("Destroy").ClickAsync();
        await page.GetByText("Stops and removes 1 pod with 2 instances").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Destroy" }).ClickAsync();
        await page.GetByText("Nothing runs here yet.").WaitForAsync();

        Assert.Empty(_browser.Errors);
    }

    [ChromiumFact]
    public async Task App_WithMistakes_IsRefusedAtItsFields()
    {
        var page = await OpenAsync("/ui/create");

        await page.Locator("#id").FillAsync("/Not Allowed");
        await page.Locator("#cpus").FillAsync("0");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#cpus-problems").WaitForAsync();
        await page.Locator("#cpus").FillAsync("0.1");
        await page.Locator("#cmd").FillAsync("sleep 1000");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#id-problems").WaitForAsync();
        await ShootAsync(page, "refused");

        Assert.Empty(_browser.Errors);
    }

    private static async Task CreateAsync(IPage page, string id, string command, string instances, string cpus = "0.1")
    {
        await page.Keyboard.PressAsync("c");
        await page.ArriveAsync("/ui/create");
        await page.Locator("#id").FillAsync(id);
        await page.Locator("#cmd").FillAsync(command);
        await page.Locator("#instances").FillAsync(instances);
        await page.Locator("#cpus").FillAsync(cpus);
        await page.Locator("#mem").FillAsync("32");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync($"/ui/apps{id}");
    }

    private static Task RunsAsync(IPage page, string count) => page.Locator(".summary").GetByText(count).WaitForAsync();

    // A deployment that still runs would own the app.
    private static Task SettledAsync(IPage page) => page.GetByText("Deploying", new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });

    private static Task DialogClosesAsync(IPage page) => page.Locator("[data-dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

    private static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(TestBrowser.Artifacts, $"real-{name}.png"), FullPage = true });

    private async Task<IPage> OpenAsync(string address)
    {
        var page = await _browser.OpenAsync(_address);
        await page.GotoAsync(address);
        await page.ArriveAsync(address);
        return page;
    }
}
