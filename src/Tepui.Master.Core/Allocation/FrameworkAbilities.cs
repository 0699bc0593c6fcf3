namespace Tepui.Master.Core.Allocation;

/// <summary>The capabilities of a framework that decide what it may be offered.</summary>
[Flags]
public enum FrameworkAbilities
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>REVOCABLE_RESOURCES: resources that may be taken back.</summary>
    RevocableResources = 1,

    /// <summary>GPU_RESOURCES: agents with gpus.</summary>
    GpuResources = 2,

    /// <summary>REGION_AWARE: agents of another region than the master's.</summary>
    RegionAware = 4,

    /// <summary>RESERVATION_REFINEMENT: resources with more than one reservation.</summary>
    ReservationRefinement = 8,
}
