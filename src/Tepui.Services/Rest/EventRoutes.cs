using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Runtime.Rest;
using Tepui.Services.Events;
using Tepui.Services.Rest.Http;

namespace Tepui.Services.Rest;

/// <summary>The stream of events.</summary>
internal sealed class EventRoutes(EventHub events, int waitingMax, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter router) => router.Map("GET", "/v2/events", StreamAsync);

    private async Task StreamAsync(RestCall call)
    {
        if (!call.Context.Request.Names("text/event-stream"))
        {
            call.Context.Response.Headers.Allow = "GET";
            await RestAnswer.ErrorAsync(call.Context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed: events come as a stream; ask with the header 'Accept: text/event-stream'");
            return;
        }

        var types = call.All("event_type").SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        var client = new EventStreamClient(types, call.WantsExtras, waitingMax, time);
        var address = call.Origin.ClientIp;
        events.Add(client);
        events.PublishStream("event_stream_attached", address);
        string reason;
        try
        {
            reason = await client.RunAsync(call.Context, stopping);
        }
        finally
        {
            events.Remove(client);
            events.PublishStream("event_stream_detached", address);
        }

        logger.StreamEnded(address, reason);
    }
}
