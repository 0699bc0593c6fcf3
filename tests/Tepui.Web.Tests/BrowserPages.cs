using Microsoft.Playwright;

namespace Tepui.Web.Tests;

/// <summary>What tests with a browser share.</summary>
internal static class BrowserPages
{
    /// <summary>
    /// Waits until the page at an address is shown, its scripts ran and it hears of changes. It asks the page itself, so that it does not matter whether the page came
    /// before or after the call: <see cref="IPage.WaitForURLAsync(string, PageWaitForURLOptions?)"/> misses one that comes between its look at the address and its wait.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="address">The address, or its path and query.</param>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        try
        {
            await page.WaitForFunctionAsync(
                "address => location.href === new URL(address, location).href && document.readyState === 'complete' && document.querySelector('[data-live-state=open]') !== null",
                address);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{address} was not shown; the page is {page.Url}.", e);
        }
    }
}
