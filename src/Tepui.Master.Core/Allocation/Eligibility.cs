using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>What a client may be offered of an agent, and if nothing, why.</summary>
internal sealed class Eligibility(AllocatorOptions options)
{
    /// <summary>What is free on the agent for a role, before the framework is looked at.</summary>
    public static ResourceSet ForRole(AgentEntry agent, string role) =>
        agent.HasReserved ? agent.Free.AllocatableTo(role) : agent.Free;

    /// <summary>Narrows <paramref name="offer"/>, which is free for the role of the client, to what the client may have.</summary>
    public NotOffered Check(Client client, AgentEntry agent, ref ResourceSet offer)
    {
        var framework = client.Framework;
        if (agent.HasGpus && options.FilterGpuResources && !framework.Can(FrameworkAbilities.GpuResources))
        {
            return NotOffered.NoGpuCapability;
        }

        if (options.Region is { } region && agent.Traits.Region is { } other && other != region
            && !framework.Can(FrameworkAbilities.RegionAware))
        {
            return NotOffered.NoRegionCapability;
        }

        if (client.Constraint is { } constraint && !constraint.Admits(agent.Traits))
        {
            return NotOffered.Constrained;
        }

        if (agent.HasSpecial)
        {
            offer = offer.Filter(item =>
                (!item.Identity.IsRevocable || framework.Can(FrameworkAbilities.RevocableResources))
                && (item.Identity.Reservations.Length <= 1 || framework.Can(FrameworkAbilities.ReservationRefinement)));
        }

        if (offer.IsEmpty)
        {
            return NotOffered.NothingFree;
        }

        if (!MeetsMinimum(client.MinAllocatable, offer))
        {
            return NotOffered.BelowMinimum;
        }

        return RefusalFilters.Refuses(client, agent, offer) ? NotOffered.Refused : NotOffered.Offered;
    }

    private static bool MeetsMinimum(IReadOnlyList<ResourceQuantities> minima, ResourceSet offer)
    {
        if (minima.Count == 0)
        {
            return true;
        }

        for (var i = 0; i < minima.Count; i++)
        {
            if (offer.HasAtLeast(minima[i]))
            {
                return true;
            }
        }

        return false;
    }
}
