using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Offers;
using Tepui.Model;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Accounts;

/// <summary>Keeps what is offered and what is taken, per agent, framework and role. Every move of resources goes through here, so the sums agree.</summary>
internal static class Ledger
{
    /// <summary>Free resources become an offer.</summary>
    public static void Offer(Turn turn, Framework framework, Agent agent, OpenOffer offer)
    {
        agent.Offered = agent.Offered.Add(offer.Resources);
        agent.Offers.Add(offer.Id, offer);
        framework.Offered.Add(offer.Resources);
        framework.Offers.Add(offer.Id, offer);
        turn.State.Offers.Add(offer.Id, offer);
        turn.State.Roles.Offered(offer.Resources, 1);
        Touch(turn, framework, agent);
    }

    /// <summary>An offer is no longer one; what becomes of its resources is up to the caller.</summary>
    public static void Unoffer(Turn turn, Framework framework, Agent agent, OpenOffer offer)
    {
        offer.Expiry?.Cancel();
        Invariant.Holds(agent.Offered.TrySubtract(offer.Resources, out var rest), "offered resources are on the agent's account");
        agent.Offered = rest;
        agent.Offers.Remove(offer.Id);
        framework.Offered.Remove(offer.Resources);
        framework.Offers.Remove(offer.Id);
        turn.State.Offers.Remove(offer.Id);
        turn.State.Roles.Offered(offer.Resources, -1);
        Touch(turn, framework, agent);
    }

    /// <summary>A task or executor takes resources that were free or in an offer that was just taken off.</summary>
    public static void Take(Turn turn, Framework framework, Agent agent, ResourceSet resources)
    {
        agent.Allocated = agent.Allocated.Add(resources);
        framework.Allocated.Add(resources);
        turn.State.Roles.Allocated(resources, 1);
        Touch(turn, framework, agent);
    }

    /// <summary>A task or executor gives its resources up; they are free at once.</summary>
    public static void Release(Turn turn, Framework framework, Agent agent, ResourceSet resources)
    {
        Invariant.Holds(agent.Allocated.TrySubtract(resources, out var rest), "released resources are on the agent's account");
        agent.Allocated = rest;
        framework.Allocated.Remove(resources);
        turn.State.Roles.Allocated(resources, -1);
        Pool.Free(turn, framework.Id, agent.Id, resources);
        Touch(turn, framework, agent);
    }

    private static void Touch(Turn turn, Framework framework, Agent agent)
    {
        framework.Touch();
        agent.Touch();
        turn.State.Changed();
    }
}
