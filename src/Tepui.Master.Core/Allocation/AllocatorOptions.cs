using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>What an <see cref="Allocator"/> is told once.</summary>
public sealed record AllocatorOptions
{
    /// <summary>Time from a change to the run that follows from it, so that changes that come together are one run.</summary>
    public TimeSpan AllocationDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What was declined without a filter is offered to the same client again no sooner than this.</summary>
    public TimeSpan ReofferPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>An offer holds at least one of these; empty means that any offer will do.</summary>
    public IReadOnlyList<ResourceQuantities> MinAllocatable { get; init; } = [];

    /// <summary>Agents with gpus are offered only to frameworks that know gpus.</summary>
    public bool FilterGpuResources { get; init; } = true;

    /// <summary>Resource names that do not count towards dominant shares.</summary>
    public IReadOnlyCollection<string> FairSharingExcludedResourceNames { get; init; } = [];

    /// <summary>The master's region; <see langword="null"/> if it has none, and then no agent is remote.</summary>
    public string? Region { get; init; }

    /// <summary>Seed of the shuffle of agents before each run.</summary>
    public int Seed { get; init; }
}
