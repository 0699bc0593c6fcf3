using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Tepui.Agent.Core;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Runtime.Link;
using AgentLink = Tepui.Runtime.Link.FrameLink<Tepui.Protocol.Link.MasterFrame, Tepui.Protocol.Link.AgentFrame>;

namespace Tepui.Agent.Links;

/// <summary>Keeps one link to the leading master open: finds it, reports what comes in, opens another when it ends or falls silent.</summary>
/// <param name="places">Where to look first.</param>
/// <param name="waits">Between tries.</param>
/// <param name="post">Takes inputs for the core.</param>
/// <param name="sampleUsage">What the containers use now; asked for before each pong.</param>
/// <param name="admitted">Hears of each admission, under which id.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
internal sealed class MasterLinks(
    IReadOnlyList<MasterPlace> places,
    RetryWaits waits,
    Func<AgentInput, CancellationToken, ValueTask> post,
    Func<AgentFrame.Types.Usage> sampleUsage,
    Action<AgentId> admitted,
    TimeProvider time,
    ILogger logger)
{
    private const int RedirectsMax = 5;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private (LinkId Id, AgentLink Link)? _open;
    private long _last;
    private bool _reportedUnreachable;

    /// <summary>Sends a frame; a link that is gone is skipped.</summary>
    public void Send(LinkId id, AgentFrame frame) => Find(id)?.TrySend(frame);

    /// <summary>Ends a link after what was sent before.</summary>
    public void Close(LinkId id) => Find(id)?.Complete();

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            for (var attempt = 0; !stopping.IsCancellationRequested; attempt++)
            {
                if (await ConnectAsync(places[attempt % places.Count], stopping) is var (place, stream) && stream is not null)
                {
                    await ServeAsync(place, stream, stopping);
                }

                await Task.Delay(waits.Next(), time, stopping);
            }
        }
        catch (Exception e) when (e is Runtime.Mailboxes.MailboxClosedException || (e is OperationCanceledException && stopping.IsCancellationRequested))
        {
            // The agent stops.
        }
    }

    private AgentLink? Find(LinkId id)
    {
        lock (_gate)
        {
            return _open is { } open && open.Id == id ? open.Link : null;
        }
    }

    /// <summary>Connects to a master, or to the leader it names.</summary>
    private async Task<(MasterPlace Place, Stream? Stream)> ConnectAsync(MasterPlace place, CancellationToken stopping)
    {
        for (var redirects = 0; ; redirects++)
        {
            try
            {
                return (place, await LinkClient.ConnectAsync(place.Host, place.Port, ConnectTimeout, stopping));
            }
            catch (LinkRefusedException e) when (redirects < RedirectsMax && e.Location is { } location && MasterPlace.FromLocation(location) is { } leader && leader != place)
            {
                place = leader;
            }
            catch (Exception e) when (e is IOException or SocketException or TimeoutException)
            {
                ReportUnreachable(place, e.Message);
                return (place, null);
            }
        }
    }

    private async Task ServeAsync(MasterPlace place, Stream stream, CancellationToken stopping)
    {
        var id = new LinkId(++_last);
        using var silent = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var watch = new LinkWatch(silent, time);
        await using var link = new AgentLink(stream);
        lock (_gate)
        {
            _open = (id, link);
        }

        _reportedUnreachable = false;
        logger.LinkOpened(id.Value, place.ToString());
        await post(new AgentInput.LinkOpened(id), stopping);
        var end = await link.RunAsync((frame, cancel) => ReceiveAsync(id, place, watch, frame, cancel), silent.Token);
        lock (_gate)
        {
            _open = null;
        }

        if (!stopping.IsCancellationRequested)
        {
            logger.LinkEnded(id.Value, place.ToString(), silent.IsCancellationRequested ? "the master was silent for too long" : end?.Message ?? "closed");
            await post(new AgentInput.LinkClosed(id), stopping);
        }
    }

    private async ValueTask ReceiveAsync(LinkId id, MasterPlace place, LinkWatch watch, MasterFrame frame, CancellationToken cancel)
    {
        watch.Seen();
        switch (frame.MessageCase)
        {
            case MasterFrame.MessageOneofCase.Registered:
                Admitted(place, watch, frame.Registered.AgentId.Value, frame.Registered.PingTimeoutSeconds);
                break;
            case MasterFrame.MessageOneofCase.Reregistered:
                Admitted(place, watch, frame.Reregistered.AgentId.Value, frame.Reregistered.PingTimeoutSeconds);
                break;
            case MasterFrame.MessageOneofCase.Ping:
                await post(new AgentInput.UsageSampled(sampleUsage()), cancel);
                break;
        }

        await post(new AgentInput.FromMaster(id, frame), cancel);
    }

    private void Admitted(MasterPlace place, LinkWatch watch, string agent, double pingTimeoutSeconds)
    {
        waits.Reset();
        watch.Expect(TimeSpan.FromSeconds(Math.Clamp(pingTimeoutSeconds, 1, TimeSpan.FromDays(1).TotalSeconds)));
        admitted(new(agent));
        logger.Admitted(place.ToString(), agent);
    }

    private void ReportUnreachable(MasterPlace place, string reason)
    {
        // Once per outage; an agent may wait for its master for days.
        if (!_reportedUnreachable)
        {
            _reportedUnreachable = true;
            logger.MasterUnreachable(place.ToString(), reason);
        }
    }
}
