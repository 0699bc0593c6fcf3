using Microsoft.AspNetCore.Http;
using Tepui.Agent.Loop;
using Tepui.Protocol.V1.Executor;
using Tepui.Runtime.Http;

namespace Tepui.Agent.Http.Executors;

/// <summary><c>/api/v1/executor</c>: what executors of frameworks ask and tell.</summary>
internal sealed class ExecutorEndpoint(AgentLoop loop, ExecutorStreams streams, CancellationToken stopping)
{
    private readonly CallReader<Call> _reader = new();

    /// <summary>Serves one request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (await _reader.ReadAsync(context) is not { } call)
        {
            return;
        }

        if (call.Type != Call.Types.Type.Subscribe)
        {
            var reply = await loop.CallAsync(call, context.RequestAborted);
            await Answer.TextAsync(context, reply.Status, reply.Body);
            return;
        }

        if (await MediaTypes.NegotiateAsync(context) is not { } format)
        {
            return;
        }

        if (await loop.MaySubscribeAsync(call, context.RequestAborted) is var (status, body))
        {
            await Answer.TextAsync(context, status, body);
            return;
        }

        await streams.ServeAsync(context, format, call, loop, stopping);
    }
}
