using Microsoft.AspNetCore.Http;
using Tepui.Web.Client;
using Tepui.Web.Cluster;
using Tepui.Web.Pages.TaskDetail;

namespace Tepui.Web.Live;

/// <summary><c>/ui/_tail?framework=F&amp;task=T&amp;file=stdout</c>, or with <c>job</c>, <c>run</c> and <c>attempt</c>: sends the end of a file in a sandbox, then what is appended to it.</summary>
internal sealed class TailEndpoint(ClusterFeed feed, SandboxFinder sandboxes, AgentClient agents, TimeProvider time)
{
    private const int Shown = 64 * 1024;
    private const int Step = 64 * 1024;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task ServeAsync(HttpContext context, CancellationToken cancel)
    {
        var query = context.Request.Query;
        Sandbox? sandbox = null;
        var file = query["file"].ToString();
        var events = new ServerEvents(context.Response);
        await events.BeginAsync(cancel);
        using var watch = await feed.WatchAsync(Patience, cancel);
        using var timer = new PeriodicTimer(Beat, time);
        var offset = -1L;
        var said = "";
        do
        {
            string? problem = null;
            if (sandbox is null)
            {
                (sandbox, problem) = await sandboxes.FindAsync(query, cancel);
            }

            if (sandbox is not null)
            {
                (offset, problem) = await StepAsync(events, sandbox, file, offset, cancel);
            }

            if (problem is not null && problem != said)
            {
                await events.SendAsync("problem", problem, cancel);
            }

            said = problem ?? "";
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private async Task<(long Offset, string? Problem)> StepAsync(ServerEvents events, Sandbox sandbox, string file, long offset, CancellationToken cancel)
    {
        if (sandbox.Resolve(file) is not { } path || file.Length == 0)
        {
            return (-1, $"'{file}' does not lie in the sandbox.");
        }

        try
        {
            var size = (await agents.ReadAsync(sandbox.Agent, path, -1, 0, cancel))?.Offset;
            if (size is null)
            {
                return (-1, $"There is no {file} in the sandbox yet.");
            }

            // Before the first read, and after the file was cut (rotated), start near its end.
            if (offset < 0 || offset > size)
            {
                offset = Math.Max(0, size.Value - Shown);
                await events.SendAsync("start", "", cancel);
            }

            while (offset < size && await agents.ReadAsync(sandbox.Agent, path, offset, Step, cancel) is { Text.Length: > 0 } piece)
            {
                await events.SendAsync(null, piece.Text, cancel);
                offset += System.Text.Encoding.UTF8.GetByteCount(piece.Text);
            }

            return (offset, null);
        }
        catch (MasterUnavailableException e)
        {
            return (offset, e.Message);
        }
    }
}
