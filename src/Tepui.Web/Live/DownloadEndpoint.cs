using Microsoft.AspNetCore.Http;
using Tepui.Web.Client;
using Tepui.Web.Cluster;
using Tepui.Web.Pages.TaskDetail;

namespace Tepui.Web.Live;

/// <summary><c>/ui/_download?framework=F&amp;task=T&amp;file=NAME</c>, or with <c>job</c>, <c>run</c> and <c>attempt</c>: hands through a file of a sandbox, since a browser may not reach the agent.</summary>
internal sealed class DownloadEndpoint(ClusterFeed feed, SandboxFinder sandboxes, AgentClient agents)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task ServeAsync(HttpContext context, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var file = query["file"].ToString();
        using var watch = await feed.WatchAsync(Patience, cancel);
        var (sandbox, problem) = await sandboxes.FindAsync(query, cancel);
        if (sandbox?.Resolve(file) is not { } path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"There is no file '{file}' of this task that can be reached. {problem}", cancel);
            return;
        }

        using var answer = await agents.DownloadAsync(sandbox.Agent, path, cancel);
        context.Response.StatusCode = (int)answer.StatusCode;

        // Never as a page: a file of a task must not run as script of this site.
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file[(file.LastIndexOf('/') + 1)..])}";
        context.Response.ContentLength = answer.Content.Headers.ContentLength;
        await answer.Content.CopyToAsync(context.Response.Body, cancel);
    }
}
