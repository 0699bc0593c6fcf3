using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Agent.Core;
using Tepui.Agent.Loop;
using Tepui.Protocol.V1.Executor;
using Tepui.Runtime.Http;

namespace Tepui.Agent.Http.Executors;

/// <summary>The open event streams of executors.</summary>
internal sealed class ExecutorStreams(ILogger logger, TimeProvider time)
{
    private readonly ConcurrentDictionary<StreamId, EventStream> _open = new();
    private long _last;

    /// <summary>Open streams.</summary>
    public int Count => _open.Count;

    /// <summary>Serves a SUBSCRIBE that was found right, until the stream ends.</summary>
    public async Task ServeAsync(HttpContext context, WireFormat format, Call call, AgentLoop loop, CancellationToken stopping)
    {
        var id = new StreamId(Interlocked.Increment(ref _last));
        var stream = new EventStream(context, format, time: time);
        _open[id] = stream;
        try
        {
            await loop.PostAsync(new AgentInput.ExecutorSubscribe(id, call), context.RequestAborted);
            var end = await stream.RunAsync(stopping);
            logger.ExecutorStreamEnded(id.Value, end.ToString());
        }
        finally
        {
            _open.TryRemove(id, out _);
            if (!loop.Ended.IsCompleted)
            {
                await loop.PostAsync(new AgentInput.StreamClosed(id), CancellationToken.None);
            }
        }
    }

    /// <summary>Sends an event; a stream that is gone, or cut off just now, reports its end itself.</summary>
    public void Send(StreamId id, Event message)
    {
        if (_open.TryGetValue(id, out var stream))
        {
            stream.TryEnqueue(new StreamRecord(message));
        }
    }

    /// <summary>Ends a stream after what was sent before.</summary>
    public void Close(StreamId id)
    {
        if (_open.TryGetValue(id, out var stream))
        {
            stream.Complete();
        }
    }
}
