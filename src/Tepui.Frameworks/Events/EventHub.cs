using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tepui.Frameworks.Events;

/// <summary>Where events go in and subscribers listen. Publishing costs the caller next to nothing: events are written and handed out by a task of their own, in order.</summary>
/// <typeparam name="TEvent">What happens in the core.</typeparam>
/// <param name="write">Writes an event that happened then; asked only while somebody listens.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
public sealed class EventHub<TEvent>(Func<TEvent, DateTimeOffset, EventText> write, TimeProvider time, ILogger logger)
    where TEvent : class
{
    /// <summary>Events that may wait to be handed out. Far more than one turn of the core makes: only a machine that is out of breath gets there.</summary>
    public const int WaitingMax = 65536;

    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private volatile bool _isFull;
    private ImmutableArray<IEventListener> _listeners = [];

    /// <summary>How many listen.</summary>
    public int Count => _listeners.Length;

    /// <summary>Tells all who listen.</summary>
    public void Publish(TEvent happened)
    {
        if (_listeners.Length > 0)
        {
            Enqueue(new(happened, null, time.GetUtcNow()));
        }
    }

    /// <summary>Tells all who listen of something that is no matter of the core.</summary>
    public void Publish(EventText text) => Enqueue(new(null, text, default));

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

    // A client that comes again reads the state anew; one that missed events without a word would be wrong for good.
    private void Enqueue(Item item)
    {
        if (_waiting.Writer.TryWrite(item))
        {
            _isFull = false;
            return;
        }

        if (!_isFull)
        {
            _isFull = true;
            logger.EventsLost(WaitingMax);
        }

        EndStreams();
    }

    private void HandOut(Item item)
    {
        var text = item.Text;
        foreach (var listener in _listeners)
        {
            listener.Hear(text ??= write(item.Event!, item.At));
        }
    }

    private readonly record struct Item(TEvent? Event, EventText? Text, DateTimeOffset At);
}
