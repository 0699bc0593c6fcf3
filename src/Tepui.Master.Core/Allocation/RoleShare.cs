using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>How a role stands, together with all roles below it.</summary>
/// <param name="Role">Full path.</param>
/// <param name="Weight">1 unless set.</param>
/// <param name="DominantShare">Largest part it holds of any resource of the pool, from 0 to 1, not weighted.</param>
/// <param name="Allocated">What is offered to it or used by it; amounts only.</param>
/// <param name="ActiveFilters">Refusals in force.</param>
public sealed record RoleShare(string Role, double Weight, double DominantShare, ResourceQuantities Allocated, int ActiveFilters);
