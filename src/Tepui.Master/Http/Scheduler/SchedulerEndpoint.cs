using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Master.Core;
using Tepui.Master.Loop;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Runtime.Http;

namespace Tepui.Master.Http.Scheduler;

/// <summary><c>/api/v1/scheduler</c>: calls of frameworks, and the event streams back to them.</summary>
internal sealed class SchedulerEndpoint(MasterLoop loop, SchedulerStreams streams, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private const string StreamHeader = "Mesos-Stream-Id";

    private readonly CallReader<Call> _reader = new();

    /// <summary>Serves one request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (await _reader.ReadAsync(context) is not { } call)
        {
            return;
        }

        if (SchedulerRules.Problem(call) is { } problem)
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, $"Failed to validate scheduler::Call: {problem}");
            return;
        }

        switch (call.Type)
        {
            case Call.Types.Type.Subscribe:
                await SubscribeAsync(context, call);
                break;
            case Call.Types.Type.Unknown:
                await Answer.StatusAsync(context, StatusCodes.Status501NotImplemented);
                break;
            case Call.Types.Type.ReconcileOperations when await MediaTypes.NegotiateAsync(context) is null:
                break;
            default:
                var reply = await loop.CallAsync(
                    request => new MasterInput.SchedulerCall(request, call, StreamHeaderOf(context), Principal: null),
                    context.RequestAborted);
                await Answer.TextAsync(context, reply.Status, reply.Body);
                break;
        }
    }

    private async Task SubscribeAsync(HttpContext context, Call call)
    {
        if (StreamHeaderOf(context) is not null)
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
            return;
        }

        if (await MediaTypes.NegotiateAsync(context) is not { } format)
        {
            return;
        }

        var id = new StreamId(Guid.NewGuid().ToString());
        var options = new EventStreamOptions
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [StreamHeader] = id.Value },
        };
        var stream = new EventStream(context, format, options, time);
        streams.Add(id, stream);
        try
        {
            await loop.PostAsync(new MasterInput.Subscribe(id, call, Principal: null), context.RequestAborted);
            var end = await stream.RunAsync(stopping);
            logger.SchedulerStreamEnded(id.Value, call.Subscribe.FrameworkInfo.Name, end);
        }
        finally
        {
            streams.Remove(id);
            await loop.TellAsync(new MasterInput.StreamClosed(id));
        }
    }

    private static string? StreamHeaderOf(HttpContext context) =>
        context.Request.Headers.TryGetValue(StreamHeader, out var value) ? value.ToString() : null;
}
