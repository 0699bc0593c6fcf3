using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Events;
using Tepui.Services.Events;

namespace Tepui.Services.Rest;

/// <summary>The stream of events.</summary>
internal sealed class EventRoutes(EventHub<ServiceEvent> events, int waitingMax, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter router) => router.Map("GET", "/v2/events", StreamAsync);

    private async Task StreamAsync(RestCall call)
    {
        if (!call.Context.Request.Names("text/event-stream"))
        {
            call.Context.Response.Headers.Allow = "GET";
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed: events come as a stream; ask with the header 'Accept: text/event-stream'");
            return;
        }

        var types = call.All("event_type").SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        var client = new EventStreamClient(types, call.WantsExtras, waitingMax, time);
        var address = call.ClientAddress;
        events.Add(client);
        events.Publish(EventTexts.Stream("event_stream_attached", time.GetUtcNow(), address));
        string reason;
        try
        {
            reason = await client.RunAsync(call.Context, stopping);
        }
        finally
        {
            events.Remove(client);
            events.Publish(EventTexts.Stream("event_stream_detached", time.GetUtcNow(), address));
        }

        logger.StreamEnded(address, reason);
    }
}
