using System.Diagnostics.CodeAnalysis;
using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Offers in hand: kept for runs that are due within the look-ahead, so that they start on time; the rest goes back at once.</summary>
internal sealed class HeldOffers
{
    /// <summary>An offer is kept for the look-ahead and so much more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly List<HeldOffer> _offers = [];
    private readonly HashSet<OfferId> _ids = [];

    /// <summary>How many.</summary>
    public int Count => _offers.Count;

    /// <summary>All, in the order they came.</summary>
    public IReadOnlyList<HeldOffer> All => _offers;

    /// <summary>Number of the newest there ever was.</summary>
    public long Newest { get; private set; }

    /// <summary>Whether an offer came or was used since they were reviewed.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Takes an offer in hand; one that is there already changes nothing.</summary>
    public bool TryAdd(Offer offer, string role, DateTimeOffset now, [NotNullWhen(true)] out HeldOffer? held)
    {
        if (!_ids.Add(OfferId.From(offer.Id)))
        {
            held = null;
            return false;
        }

        _offers.Add(held = new(offer, role, ++Newest, now));
        HasChanged = true;
        return true;
    }

    /// <summary>An offer is void.</summary>
    public void Remove(OfferId offer)
    {
        if (_ids.Remove(offer))
        {
            HasChanged = true;
            _offers.RemoveAll(held => held.Id == offer);
        }
    }

    /// <summary>All are void.</summary>
    public void Clear()
    {
        _offers.Clear();
        _ids.Clear();
        HasChanged = true;
    }

    /// <summary>Takes those out of hand that something is true of.</summary>
    /// <returns>Them, in the order they came.</returns>
    public IReadOnlyList<HeldOffer> TakeOut(Predicate<HeldOffer> which)
    {
        var taken = _offers.FindAll(which);
        if (taken.Count > 0)
        {
            taken.ForEach(held => _ids.Remove(held.Id));
            _offers.RemoveAll(held => !_ids.Contains(held.Id));
        }

        return taken;
    }

    /// <summary>Whether an offer was kept for so long that others should have their chance.</summary>
    public static bool IsOld(HeldOffer held, Turn turn)
    {
        // A clock that was set back makes no wait longer.
        held.Since = held.Since < turn.Now ? held.Since : turn.Now;
        return turn.Now - held.Since > turn.State.Options.LookAhead + Grace;
    }

    /// <summary>No offer is in hand twice, none beyond its time, none with something launched on it.</summary>
    /// <param name="options">Of the core.</param>
    /// <param name="settled">Time of the last step.</param>
    public void Check(JobsOptions options, DateTimeOffset settled)
    {
        Invariant.Holds(_offers.Select(held => held.Id).Distinct().Count() == _offers.Count && _ids.Count == _offers.Count, "an offer is in hand twice");
        foreach (var held in _offers)
        {
            Invariant.Holds(settled - held.Since <= options.LookAhead + Grace, $"offer {held.Id} is in hand beyond its time");
            Invariant.Holds(held.Tasks.Count == 0, $"offer {held.Id} was used and is still in hand");
        }
    }
}
