using System.Collections.Immutable;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>What the allocator needs to know of a framework.</summary>
public sealed record FrameworkTraits
{
    /// <summary>The roles it is subscribed to.</summary>
    public required ImmutableSortedSet<string> Roles { get; init; }

    /// <summary>Those of its roles that want no offers for now.</summary>
    public ImmutableSortedSet<string> SuppressedRoles { get; init; } = [];

    /// <summary>What it may be offered.</summary>
    public FrameworkAbilities Abilities { get; init; }

    /// <summary>Its own minimum for an offer, by role, in place of <see cref="AllocatorOptions.MinAllocatable"/>; an empty list is no minimum.</summary>
    public ImmutableDictionary<string, IReadOnlyList<ResourceQuantities>> MinAllocatable { get; init; } =
        ImmutableDictionary<string, IReadOnlyList<ResourceQuantities>>.Empty;

    /// <summary>Which agents it wants to be offered, by role; a role not named is not constrained.</summary>
    public ImmutableDictionary<string, OfferConstraint> Constraints { get; init; } = ImmutableDictionary<string, OfferConstraint>.Empty;
}
