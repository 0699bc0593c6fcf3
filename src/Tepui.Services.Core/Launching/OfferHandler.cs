using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Launching;

/// <summary>Offers that came in. Each is answered in its step.</summary>
internal static class OfferHandler
{
    /// <summary>Launches what waits, declines the rest.</summary>
    public static void Handle(Turn turn, IReadOnlyList<Offer> offers)
    {
        if (offers.Count == 0)
        {
            return;
        }

        foreach (var role in offers.Select(offer => offer.AllocationInfo?.Role ?? "*").Distinct(StringComparer.Ordinal))
        {
            turn.State.Demand.Heard(turn, role);
        }

        var batch = new OfferBatch(turn, offers);
        batch.Launch();
        Answer(turn, batch);
    }

    private static void Answer(Turn turn, OfferBatch batch)
    {
        var unused = new List<OfferId>();
        foreach (var place in batch.Places)
        {
            if (place.Operations.Count == 0)
            {
                unused.Add(OfferId.From(place.Offer.Id));
            }
            else
            {
                // What is left comes back at once while something waits that has not been tried on it.
                var refuse = place.IsExhausted && !place.HasReserved ? turn.State.Options.DeclineOfferDuration : TimeSpan.Zero;
                turn.Emit(new ServicesEffect.Accept(OfferId.From(place.Offer.Id), place.Operations, refuse));
            }
        }

        if (unused.Count > 0)
        {
            turn.Emit(new ServicesEffect.Decline(unused, turn.State.Options.DeclineOfferDuration));
        }
    }
}
