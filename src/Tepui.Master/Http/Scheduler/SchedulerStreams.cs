using System.Collections.Concurrent;
using Tepui.Master.Core;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Runtime.Http;

namespace Tepui.Master.Http.Scheduler;

/// <summary>The open event streams to frameworks.</summary>
internal sealed class SchedulerStreams
{
    private readonly ConcurrentDictionary<StreamId, EventStream> _open = new();

    /// <summary>Open streams.</summary>
    public int Count => _open.Count;

    /// <summary>Events handed to streams.</summary>
    public long Sent { get; private set; }

    /// <summary>Makes a stream known before the core hears of it.</summary>
    public void Add(StreamId id, EventStream stream) => _open[id] = stream;

    /// <summary>Forgets a stream that ended.</summary>
    public void Remove(StreamId id) => _open.TryRemove(id, out _);

    /// <summary>Sends an event; a stream that is gone, or cut off just now, reports its end itself.</summary>
    public void Send(StreamId id, Event message)
    {
        if (_open.TryGetValue(id, out var stream))
        {
            Sent++;
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
