namespace Tepui.Jobs.Core.Launching;

/// <summary>Finds out which offers are worth keeping: each is given runs to come until all have their place.</summary>
/// <param name="groups">What comes.</param>
/// <param name="perOffer">Most runs counted on one offer, so that they spread.</param>
internal sealed class Cover(IReadOnlyList<ComingGroup> groups, int perOffer)
{
    private readonly long[] _left = [.. groups.Select(group => (long)group.Count)];
    private int _first;

    /// <summary>How many have no place yet.</summary>
    public long Left { get; private set; } = groups.Sum(group => (long)group.Count);

    /// <summary>Gives an offer what it can take.</summary>
    /// <returns>Whether that was anything: the offer is worth keeping.</returns>
    public bool Take(HeldOffer offer)
    {
        var (room, most) = (offer.Left, (long)perOffer);
        for (var i = _first; i < _left.Length && most > 0 && Left > 0; i++)
        {
            var group = groups[i];
            var count = _left[i] == 0 ? 0 : room.Times(group.Demand.Amounts, Math.Min(most, _left[i]));
            if (count > 0 && group.Rules.Allow(offer.Offer.Hostname, offer.Offer.Attributes))
            {
                room = room.Without(group.Demand.Amounts, count);
                _left[i] -= count;
                Left -= count;
                most -= count;
            }

            _first += i == _first && _left[i] == 0 ? 1 : 0;
        }

        return most < perOffer;
    }
}
