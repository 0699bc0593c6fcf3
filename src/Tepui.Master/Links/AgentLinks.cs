using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Master.Core;
using Tepui.Master.Loop;
using Tepui.Protocol.Link;
using Tepui.Runtime.Link;
using AgentLink = Tepui.Runtime.Link.FrameLink<Tepui.Protocol.Link.AgentFrame, Tepui.Protocol.Link.MasterFrame>;

namespace Tepui.Master.Links;

/// <summary>The open links to agents. Frames that come in go to the loop in order; frames that go out never make the loop wait.</summary>
internal sealed class AgentLinks(ILogger logger)
{
    private readonly ConcurrentDictionary<LinkId, AgentLink> _open = new();
    private long _last;
    private long _received;
    private long _broken;

    /// <summary>Open links.</summary>
    public int Count => _open.Count;

    /// <summary>Frames that came in.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Frames that went out.</summary>
    public long Sent { get; private set; }

    /// <summary>Links that ended in an error: garbage, a broken connection, an agent that did not read.</summary>
    public long Broken => Interlocked.Read(ref _broken);

    /// <summary>Serves the request that opens a link, until the link ends.</summary>
    public async Task ServeAsync(HttpContext context, MasterLoop loop, CancellationToken stopping)
    {
        if (await LinkServer.AcceptAsync(context) is not { } stream)
        {
            return;
        }

        var id = new LinkId(Interlocked.Increment(ref _last));
        var peer = context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";
        await using var link = new AgentLink(stream);
        _open[id] = link;
        logger.LinkOpened(id.Value, peer);
        try
        {
            var end = await link.RunAsync(
                (frame, cancel) =>
                {
                    Interlocked.Increment(ref _received);
                    return loop.PostAsync(new MasterInput.FromAgent(id, frame), cancel);
                },
                stopping);
            Report(id, peer, end, stopping);
        }
        finally
        {
            _open.TryRemove(id, out _);
            await loop.TellAsync(new MasterInput.LinkClosed(id));
        }
    }

    /// <summary>Sends a frame; a link that is gone, or cut off just now, reports its end itself.</summary>
    public void Send(LinkId id, MasterFrame frame)
    {
        if (_open.TryGetValue(id, out var link))
        {
            Sent++;
            link.TrySend(frame);
        }
    }

    /// <summary>Ends a link after what was sent before.</summary>
    public void Close(LinkId id)
    {
        if (_open.TryGetValue(id, out var link))
        {
            link.Complete();
        }
    }

    private void Report(LinkId id, string peer, Exception? end, CancellationToken stopping)
    {
        if (end is null or OperationCanceledException || stopping.IsCancellationRequested)
        {
            logger.LinkClosed(id.Value, peer);
            return;
        }

        Interlocked.Increment(ref _broken);
        logger.LinkBroken(id.Value, peer, end.Message);
    }
}
