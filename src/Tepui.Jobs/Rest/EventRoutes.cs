using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Jobs.Core.Events;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>The stream of events: every change of a job or a run, while somebody listens.</summary>
internal sealed class EventRoutes(EventHub<JobEvent> events, int waitingMax, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>Adds the route.</summary>
    public void Map(RouteTable routes) => routes.Map("GET", "/events", StreamAsync);

    private async Task StreamAsync(RestCall call)
    {
        if (!call.Context.Request.Takes("text/event-stream"))
        {
            await call.Api.ErrorAsync(call.Context, StatusCodes.Status406NotAcceptable, "Events come as a stream; ask with the header 'Accept: text/event-stream'");
            return;
        }

        var types = call.All("type").SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        var client = new EventStreamClient(types, wantsExtras: true, waitingMax, time);
        events.Add(client);
        string reason;
        try
        {
            reason = await client.RunAsync(call.Context, stopping);
        }
        finally
        {
            events.Remove(client);
        }

        logger.StreamEnded(call.ClientAddress, reason);
    }
}
