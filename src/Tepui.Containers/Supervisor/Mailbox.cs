namespace Tepui.Containers.Supervisor;

/// <summary>A queue between threads. Unbounded: what comes in is bounded by the number of containers.</summary>
internal sealed class Mailbox<T>
{
    private readonly object _gate = new();
    private readonly Queue<T> _waiting = [];

    /// <summary>Adds one.</summary>
    public void Post(T item)
    {
        lock (_gate)
        {
            _waiting.Enqueue(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Moves all there are into <paramref name="taken"/>, waiting for the first; none came when the timeout passed.</summary>
    public void TakeAll(List<T> taken, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && timeout != TimeSpan.Zero)
            {
                Monitor.Wait(_gate, timeout);
            }

            while (_waiting.TryDequeue(out var item))
            {
                taken.Add(item);
            }
        }
    }

    /// <summary>Waits for one and takes it.</summary>
    public T Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            return _waiting.Dequeue();
        }
    }
}
