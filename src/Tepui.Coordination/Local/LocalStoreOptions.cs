namespace Tepui.Coordination.Local;

/// <summary>What a local store promises and when it tidies up.</summary>
public sealed record LocalStoreOptions
{
    /// <summary>A commit survives the loss of power (it is synced to the disk before it returns). Otherwise it survives the death of the process, not that of the machine.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>A log shorter than this is never compacted, in bytes.</summary>
    public long CompactFrom { get; init; } = 1024 * 1024;

    /// <summary>A log is compacted when it is this many times the size of what it holds.</summary>
    public double CompactFactor { get; init; } = 2;

    /// <summary>Least that a commit adds to a compaction under way, in bytes. More makes compactions shorter and the commits during them slower.</summary>
    public long CompactPiece { get; init; } = 64 * 1024;
}
