using Microsoft.AspNetCore.Http;
using Tepui.Web.Layout;
using Tepui.Web.Pages;

namespace Tepui.Web.Live;

/// <summary><c>/ui/_live?at=ADDRESS</c>: sends the content of a page again whenever it differs from what was sent last.</summary>
internal sealed class LiveEndpoint(PageFeeds feeds, PageBuilder pages, PageRenderer renderer, TimeProvider time)
{
    // Times such as "5 s ago" and graphs move once a second.
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public async Task ServeAsync(HttpContext context, CancellationToken cancel)
    {
        var address = context.Request.Query["at"].ToString();
        if (!address.StartsWith(Links.Root, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"'at' is '{address}'; it must be a page below {Links.Root}.", cancel);
            return;
        }

        var events = new ServerEvents(context.Response);
        await events.BeginAsync(cancel);
        var feed = feeds[PageFeeds.SourceOf(address)];
        using var watch = await feed.WatchAsync(Patience, cancel);
        using var timer = new PeriodicTimer(feed.Beat, time);
        var sent = "";
        var seen = -1L;
        var rendered = 0L;
        var spoke = time.GetTimestamp();
        do
        {
            var version = feed.Version();
            if (version == seen && time.GetElapsedTime(rendered) < Refresh)
            {
                continue;
            }

            seen = version;
            rendered = time.GetTimestamp();
            var html = await renderer.BodyAsync(await pages.BuildAsync(address, cancel), feed.Problem());
            if (html != sent)
            {
                await events.SendAsync(null, html, cancel);
                sent = html;
                spoke = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(spoke) > Silence)
            {
                await events.PingAsync(cancel);
                spoke = time.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }
}
