using System.Collections.Immutable;
using System.Threading.Channels;
using Tepui.Services.Core.Events;

namespace Tepui.Services.Events;

/// <summary>Where events go in and subscribers listen. Publishing costs the caller next to nothing: events are written and handed out by a task of their own, in order.</summary>
internal sealed class EventHub(TimeProvider time)
{
    private readonly Channel<Item> _waiting = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private ImmutableArray<IEventListener> _listeners = [];

    /// <summary>How many listen.</summary>
    public int Count => _listeners.Length;

    /// <summary>Tells all who listen.</summary>
    public void Publish(ServiceEvent happened)
    {
        if (_listeners.Length > 0)
        {
            _waiting.Writer.TryWrite(new(happened, null, time.GetUtcNow()));
        }
    }

    /// <summary>Tells all who listen of something that concerns streams themselves.</summary>
    /// <param name="type">Type of the event.</param>
    /// <param name="address">Of the client.</param>
    public void PublishStream(string type, string address)
    {
        var now = time.GetUtcNow();
        _waiting.Writer.TryWrite(new(null, EventText.Write(type, now, json => json.WriteString("remoteAddress"u8, address)), now));
    }

    /// <summary>Ends the streams that are open; their clients come again.</summary>
    public void EndStreams()
    {
        foreach (var stream in _listeners.OfType<EventStreamClient>())
        {
            stream.Complete();
        }
    }

    /// <summary>Listens from now on.</summary>
    public void Add(IEventListener listener) => ImmutableInterlocked.Update(ref _listeners, (all, added) => all.Add(added), listener);

    /// <summary>Listens no more.</summary>
    public void Remove(IEventListener listener) => ImmutableInterlocked.Update(ref _listeners, (all, removed) => all.Remove(removed), listener);

    /// <summary>Hands events out until <paramref name="stopping"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var item in _waiting.Reader.ReadAllAsync(stopping))
            {
                HandOut(item);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private void HandOut(Item item)
    {
        var text = item.Text;
        foreach (var listener in _listeners)
        {
            listener.Hear(text ??= EventWriter.Write(item.Event!, item.At));
        }
    }

    private readonly record struct Item(ServiceEvent? Event, EventText? Text, DateTimeOffset At);
}
