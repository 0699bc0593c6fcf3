using System.Collections.Immutable;
using Tepui.Runtime.Http;

namespace Tepui.Master.Http.Operator;

/// <summary>The open event streams to operators.</summary>
internal sealed class OperatorSubscribers(int max)
{
    private ImmutableArray<OperatorSubscriber> _open = [];

    /// <summary>Open streams.</summary>
    public int Count => _open.Length;

    /// <summary>Takes one in; when there are too many the oldest ends.</summary>
    public void Add(OperatorSubscriber subscriber)
    {
        ImmutableInterlocked.Update(ref _open, (open, added) => open.Add(added), subscriber);
        while (_open is { Length: var count } open && count > max)
        {
            open[0].Stream.Complete();
            Remove(open[0]);
        }
    }

    /// <summary>Forgets one that ended.</summary>
    public void Remove(OperatorSubscriber subscriber) =>
        ImmutableInterlocked.Update(ref _open, (open, removed) => open.Remove(removed), subscriber);

    /// <summary>Tells all of them.</summary>
    public void Publish(StreamRecord record)
    {
        foreach (var subscriber in _open)
        {
            subscriber.Publish(record);
        }
    }
}
