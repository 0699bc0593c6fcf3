using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Master.Core.Views;
using Tepui.Master.Loop;
using Tepui.Protocol.V1.Master;
using Tepui.Runtime.Http;

namespace Tepui.Master.Http.Operator;

/// <summary>SUBSCRIBE of operators: a snapshot, then everything that changes.</summary>
internal sealed class OperatorStreams(MasterLoop loop, OperatorSubscribers subscribers, TimeSpan heartbeat, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private static readonly StreamRecord Heartbeat = new(new Event { Type = Event.Types.Type.Heartbeat });

    /// <summary>Serves one subscription until it ends.</summary>
    public async Task ServeAsync(HttpContext context, WireFormat format)
    {
        var stream = new EventStream(context, format, time: time);
        var subscriber = new OperatorSubscriber(stream);
        using var beat = new PeriodicTimer(heartbeat, time);
        try
        {
            // From this moment on events are held, so that none is lost between snapshot and stream.
            var view = await loop.ViewAsync(() => subscribers.Add(subscriber), context.RequestAborted);
            subscriber.Begin(Subscribed(view), Heartbeat);
            var beating = BeatAsync(subscriber, beat);
            var end = await stream.RunAsync(stopping);
            logger.OperatorStreamEnded(end);
            beat.Dispose();
            await beating;
        }
        finally
        {
            subscribers.Remove(subscriber);
        }
    }

    private StreamRecord Subscribed(MasterView view) => new(
        new Event
        {
            Type = Event.Types.Type.Subscribed,
            Subscribed = new Event.Types.Subscribed
            {
                GetState = OperatorMessages.State(view),
                HeartbeatIntervalSeconds = heartbeat.TotalSeconds,
            },
        },
        OperatorJson.Options);

    private static async Task BeatAsync(OperatorSubscriber subscriber, PeriodicTimer beat)
    {
        while (await beat.WaitForNextTickAsync())
        {
            subscriber.Publish(Heartbeat);
        }
    }
}
