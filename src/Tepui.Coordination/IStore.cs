namespace Tepui.Coordination;

/// <summary>What must outlive a process: a map of entries, changed in atomic batches. One owner at a time, named by its epoch.</summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>Higher at every opening; an owner with a lower one has been displaced.</summary>
    public ulong Epoch { get; }

    /// <summary>All entries as they were when the store was opened, with all later commits applied. A copy of references.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Load();

    /// <summary>Applies a batch as a whole or not at all, in the order of the calls. When it returns, the batch survives what the store promises to survive.</summary>
    /// <exception cref="StoreFailedException">The batch may or may not be there after the next opening; this store takes no further commits.</exception>
    public ValueTask CommitAsync(IReadOnlyList<StoreChange> batch, CancellationToken cancel = default);
}
