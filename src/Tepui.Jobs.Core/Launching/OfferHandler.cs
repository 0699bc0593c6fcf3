using Tepui.Model.Offers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Offers that came in.</summary>
internal static class OfferHandler
{
    /// <summary>Takes them in hand; <see cref="Placement"/> uses, keeps or declines them. Those of agents whose maintenance has begun go back at once.</summary>
    public static void Handle(Turn turn, IReadOnlyList<Offer> offers)
    {
        var state = turn.State;
        if (state.Master is null || offers.Count == 0)
        {
            return;
        }

        foreach (var offer in offers)
        {
            if (state.Offers.TryAdd(offer, state.Options.MesosRole, turn.Now, out var held))
            {
                held.IsUnfit = MaintenanceWindow.IsNear(offer.Unavailability, turn.Now, TimeSpan.Zero) || IsForeign(offer, state.Options.MesosRole);
                state.Agents.Saw(held, held.IsUnfit, turn.Now);
            }
        }

        var unfit = state.Offers.TakeOut(held => held.IsUnfit);
        state.Demand.Decline(turn, unfit, state.Options.DeclineOfferDuration);
        state.Demand.Heard(turn);
        state.Queue.OffersCame();
    }

    private static bool IsForeign(Offer offer, string role) => offer.AllocationInfo is { HasRole: true } allocation && allocation.Role != role;
}
