using Tepui.Model.Identifiers;

namespace Tepui.Master.Core.Allocation;

/// <summary>A framework as the allocator sees it.</summary>
internal sealed class FrameworkEntry(FrameworkId id, FrameworkTraits traits)
{
    public FrameworkId Id { get; } = id;

    public FrameworkTraits Traits { get; set; } = traits;

    public bool IsActive { get; set; }

    /// <summary>By role, sorted, so that walks are the same in every run.</summary>
    public SortedDictionary<string, Client> Clients { get; } = new(StringComparer.Ordinal);

    public bool Can(FrameworkAbilities ability) => (Traits.Abilities & ability) == ability;
}
