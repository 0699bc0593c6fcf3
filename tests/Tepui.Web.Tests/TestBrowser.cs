using Microsoft.Playwright;

namespace Tepui.Web.Tests;

/// <summary>A chromium that takes note of every error on its pages.</summary>
internal sealed class TestBrowser : IAsyncDisposable
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where screenshots go.</summary>
    public static string Artifacts { get; } = Path.Combine(Environment.GetEnvironmentVariable("TEPUI_ARTIFACTS") ?? Path.Combine(AppContext.BaseDirectory, "artifacts"), "web");

    /// <summary>Errors on the pages so far.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Starts it, where there is one.</summary>
    public static async Task<TestBrowser> StartAsync()
    {
        var started = new TestBrowser();
        if (ChromiumFactAttribute.Browser is { } path)
        {
            started._playwright = await Playwright.CreateAsync();
            started._browser = await started._playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        }

        return started;
    }

    /// <summary>A page of its own, with nothing kept from others.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1280, int height = 860, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        page.Console += (_, message) =>
        {
            // The browser itself reports each answer that is no success; pages show those.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal))
            {
                Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Add(error);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
