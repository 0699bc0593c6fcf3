using System.Collections.Concurrent;

namespace Tepui.Model.Resources;

/// <summary>What a resource is, apart from how much: name, kind, reservations, disk, provider, and who it is allocated to.</summary>
/// <remarks>Interned: equal identities are nearly always one object, so comparing is cheap. The table is emptied when it grows large, which costs speed and nothing else.</remarks>
public sealed class ResourceIdentity
{
    private const int InternedMax = 65_536;
    private const int AllocatedMax = 4_096;

    private static readonly ConcurrentDictionary<ResourceIdentity, ResourceIdentity> Interned = new(new IdenticalComparer());

    private readonly Reservation[] _reservations;
    private readonly int _hash;
    private ConcurrentDictionary<string, ResourceIdentity>? _allocated;
    private ResourceIdentity? _unallocated;

    private ResourceIdentity(
        string name,
        ResourceKind kind,
        Reservation[] reservations,
        DiskShape? disk,
        bool isRevocable,
        bool isShared,
        string? providerId,
        string? allocationRole)
    {
        Name = name;
        Kind = kind;
        _reservations = reservations;
        Disk = disk;
        IsRevocable = isRevocable;
        IsShared = isShared;
        ProviderId = providerId;
        AllocationRole = allocationRole;
        IsWhole = isShared || disk is { IsWhole: true };

        var hash = HashCode.Combine(name, kind, isRevocable, isShared, providerId, allocationRole, disk?.DiskHash() ?? 0);
        foreach (var reservation in reservations)
        {
            hash = HashCode.Combine(hash, reservation);
        }

        _hash = hash;
    }

    /// <summary>As in <c>cpus</c>.</summary>
    public string Name { get; }

    /// <summary>Amount, numbers or names.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Outermost first; the last one counts.</summary>
    public ReadOnlySpan<Reservation> Reservations => _reservations;

    /// <summary>What disk it is; <see langword="null"/> for all that is no disk, and for plain disk space in the work directory.</summary>
    public DiskShape? Disk { get; }

    /// <summary>May be taken back at any time.</summary>
    public bool IsRevocable { get; }

    /// <summary>May be used by several at once.</summary>
    public bool IsShared { get; }

    /// <summary>The resource provider it comes from; <see langword="null"/> for the agent's own.</summary>
    public string? ProviderId { get; }

    /// <summary>The role it is allocated or offered to; <see langword="null"/> while it is neither.</summary>
    public string? AllocationRole { get; }

    /// <summary>Whether it is used as a whole or not at all, so that amounts never add up.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether any reservation is on it.</summary>
    public bool IsReserved => _reservations.Length > 0;

    /// <summary>Whether it was reserved while the pool runs.</summary>
    public bool IsDynamicallyReserved => IsReserved && _reservations[^1].IsDynamic;

    /// <summary>Whether it is a persistent volume.</summary>
    public bool IsPersistentVolume => Disk?.PersistenceId is not null;

    /// <summary>The role it is reserved to, or <c>*</c>.</summary>
    public string ReservationRole => IsReserved ? _reservations[^1].Role : Roles.Any;

    /// <summary>The one object for these facts.</summary>
    public static ResourceIdentity Get(
        string name,
        ResourceKind kind,
        IReadOnlyList<Reservation>? reservations = null,
        DiskShape? disk = null,
        bool isRevocable = false,
        bool isShared = false,
        string? providerId = null,
        string? allocationRole = null)
    {
        return Intern(new(name, kind, reservations is null ? [] : [.. reservations], disk, isRevocable, isShared, providerId, allocationRole));
    }

    /// <summary>Whether both name the same resource, so that one can be taken from the other.</summary>
    public bool IsSame(ResourceIdentity other) =>
        ReferenceEquals(this, other) || (_hash == other._hash && EqualApartFromDisk(other) && SameDisk(other));

    /// <summary>The same resource allocated to <paramref name="role"/>, or to nobody if <see langword="null"/>.</summary>
    public ResourceIdentity AllocatedTo(string? role)
    {
        if (AllocationRole == role)
        {
            return this;
        }

        if (role is null)
        {
            return _unallocated ??= MakeAllocatedTo(null);
        }

        var allocated = _allocated ??= new(StringComparer.Ordinal);
        if (allocated.TryGetValue(role, out var known))
        {
            return known;
        }

        if (allocated.Count >= AllocatedMax)
        {
            allocated.Clear();
        }

        return allocated.GetOrAdd(role, MakeAllocatedTo);
    }

    /// <summary>The same resource under other reservations.</summary>
    public ResourceIdentity WithReservations(IReadOnlyList<Reservation> reservations) =>
        Intern(new(Name, Kind, [.. reservations], Disk, IsRevocable, IsShared, ProviderId, AllocationRole));

    /// <summary>The same resource as another disk.</summary>
    public ResourceIdentity WithDisk(DiskShape? disk, bool isShared) =>
        Intern(new(Name, Kind, _reservations, disk, IsRevocable, isShared, ProviderId, AllocationRole));

    private static ResourceIdentity Intern(ResourceIdentity identity)
    {
        if (Interned.TryGetValue(identity, out var known))
        {
            return known;
        }

        if (Interned.Count >= InternedMax)
        {
            Interned.Clear();
        }

        return Interned.GetOrAdd(identity, identity);
    }

    private ResourceIdentity MakeAllocatedTo(string? role) =>
        Intern(new(Name, Kind, _reservations, Disk, IsRevocable, IsShared, ProviderId, role));

    private bool EqualApartFromDisk(ResourceIdentity other) =>
        Name == other.Name && Kind == other.Kind && IsRevocable == other.IsRevocable && IsShared == other.IsShared
        && ProviderId == other.ProviderId && AllocationRole == other.AllocationRole
        && _reservations.AsSpan().SequenceEqual(other._reservations);

    private bool SameDisk(ResourceIdentity other) =>
        Disk is null ? other.Disk is null : other.Disk is not null && Disk.IsSameDisk(other.Disk);

    private sealed class IdenticalComparer : IEqualityComparer<ResourceIdentity>
    {
        public bool Equals(ResourceIdentity? x, ResourceIdentity? y) =>
            ReferenceEquals(x, y)
            || (x is not null && y is not null && x._hash == y._hash && x.EqualApartFromDisk(y)
                && (x.Disk is null ? y.Disk is null : y.Disk is not null && x.Disk.IsIdentical(y.Disk)));

        public int GetHashCode(ResourceIdentity obj) => obj._hash;
    }
}
