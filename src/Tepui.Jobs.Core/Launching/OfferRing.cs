namespace Tepui.Jobs.Core.Launching;

/// <summary>Offers that runs are dealt out to in turn, so that they spread over agents.</summary>
/// <param name="offers">Those to choose from, in the order they came.</param>
/// <param name="share">How many runs an offer gets before it is the turn of the next.</param>
internal sealed class OfferRing(IReadOnlyList<HeldOffer> offers, int share)
{
    private int _rounds = 1;
    private int _next;

    private int Quota => _rounds * share;

    /// <summary>The offer for the next run.</summary>
    /// <param name="amounts">What it takes.</param>
    /// <param name="seen">Offers up to this number are known not to hold it.</param>
    /// <returns><see langword="null"/> if none holds it.</returns>
    public HeldOffer? Choose(Amounts amounts, long seen)
    {
        var first = FirstAfter(seen);
        var count = offers.Count - first;
        HeldOffer? spare = null;
        for (var i = 0; i < count; i++)
        {
            var index = first + ((Math.Max(_next, first) - first + i) % count);
            var offer = offers[index];
            if (!offer.Holds(amounts))
            {
                continue;
            }

            if (offer.Tasks.Count < Quota)
            {
                _next = offer.Tasks.Count + 1 < Quota ? index : (index + 1) % offers.Count;
                return offer;
            }

            spare ??= offer;
        }

        // All that hold it have had their share: another round begins.
        if (spare is not null)
        {
            _rounds = Math.Max(_rounds, spare.Tasks.Count / share) + 1;
        }

        return spare;
    }

    private int FirstAfter(long seen)
    {
        var (low, high) = (0, offers.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = offers[middle].Number <= seen ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
