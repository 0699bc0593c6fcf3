namespace Tepui.Runtime.Http;

/// <summary>Bounds the memory that large buffers hold together, whoever asks for them; safe for use from many threads.</summary>
/// <param name="bytes">All of it.</param>
public sealed class MemoryBudget(long bytes)
{
    // What a collection is worth, once nobody holds large buffers any more.
    private const long CollectAfter = 256L * 1024 * 1024;

    private long _held;
    private long _sinceCollected;

    /// <summary>Bytes taken and not yet given back.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes a part.</summary>
    /// <exception cref="MemoryBudgetException">So much is not left.</exception>
    public void Take(int count)
    {
        if (Interlocked.Add(ref _held, count) > bytes)
        {
            Interlocked.Add(ref _held, -count);
            throw new MemoryBudgetException($"Requests in progress hold {bytes} bytes of memory, all that is meant for large ones; try again later");
        }

        Interlocked.Add(ref _sinceCollected, count);
    }

    /// <summary>Gives a part back. After the last one, what was held is returned to the system.</summary>
    public void Give(int count)
    {
        if (Interlocked.Add(ref _held, -count) == 0 && Interlocked.Read(ref _sinceCollected) > CollectAfter && Interlocked.Exchange(ref _sinceCollected, 0) > CollectAfter)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }
    }
}
