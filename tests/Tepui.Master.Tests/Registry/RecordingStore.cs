using Tepui.Coordination;

namespace Tepui.Master.Tests.Registry;

/// <summary>A store in memory that keeps what it was asked to write, and fails on demand.</summary>
internal sealed class RecordingStore : IStore
{
    public Dictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    public List<IReadOnlyList<StoreChange>> Batches { get; } = [];

    public bool Fails { get; set; }

    public ulong Epoch => 1;

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Load() =>
        Entries.ToDictionary(entry => entry.Key, entry => (ReadOnlyMemory<byte>)entry.Value, StringComparer.Ordinal);

    public ValueTask CommitAsync(IReadOnlyList<StoreChange> batch, CancellationToken cancel = default)
    {
        if (Fails)
        {
            throw new StoreFailedException("No space left on device.");
        }

        Batches.Add([.. batch]);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
