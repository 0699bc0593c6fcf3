using V1 = Tepui.Protocol.V1;
using SourceType = Tepui.Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type;

namespace Tepui.Model.Resources;

/// <summary>What kind of disk a <c>disk</c> resource is, and the persistent volume on it. Immutable.</summary>
public sealed class DiskShape
{
    private readonly V1.Resource.Types.DiskInfo _wire;

    private DiskShape(V1.Resource.Types.DiskInfo wire) => _wire = wire;

    /// <summary>Id of the persistent volume; <see langword="null"/> if it is none.</summary>
    public string? PersistenceId => _wire.Persistence?.Id;

    /// <summary>Who created the persistent volume.</summary>
    public string? PersistencePrincipal => _wire.Persistence is { HasPrincipal: true } p ? p.Principal : null;

    /// <summary>Where the volume appears in a container; <see langword="null"/> without a volume.</summary>
    public string? ContainerPath => _wire.Volume?.ContainerPath;

    /// <summary>The kind of source; <see langword="null"/> is the agent's work directory.</summary>
    public SourceType? Source => _wire.Source?.Type;

    /// <summary>Directory of a PATH or MOUNT source, if it has one.</summary>
    public string? Root => _wire.Source switch
    {
        { Type: SourceType.Path, Path: { HasRoot: true } path } => path.Root,
        { Type: SourceType.Mount, Mount: { HasRoot: true } mount } => mount.Root,
        _ => null,
    };

    /// <summary>Whether only the whole of it can be used: a whole device, or a volume with contents.</summary>
    public bool IsWhole => _wire.Persistence is not null
        || Source is SourceType.Mount or SourceType.Block
        || (Source is SourceType.Raw && _wire.Source.HasId);

    /// <summary>From the wire; copied.</summary>
    public static DiskShape? From(V1.Resource.Types.DiskInfo? wire) => wire is null ? null : new(wire.Clone());

    /// <summary>As the wire has it; a copy.</summary>
    public V1.Resource.Types.DiskInfo ToWire() => _wire.Clone();

    /// <summary>Whether both say the same, to the last field.</summary>
    public bool IsIdentical(DiskShape other) => _wire.Equals(other._wire);

    /// <summary>Whether both are the same disk: how a container mounts it does not matter.</summary>
    public bool IsSameDisk(DiskShape other) =>
        PersistenceId == other.PersistenceId && Equals(_wire.Source, other._wire.Source);

    /// <summary>A hash over what <see cref="IsSameDisk"/> compares.</summary>
    internal int DiskHash() => HashCode.Combine(PersistenceId, _wire.Source);
}
