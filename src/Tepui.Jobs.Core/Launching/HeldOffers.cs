using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Offers in hand: kept for runs that are due within the look-ahead, so that they start on time; the rest goes back at once.</summary>
internal sealed class HeldOffers
{
    /// <summary>How many.</summary>
    public int Count => 0;

    /// <summary>An offer is void.</summary>
    public void Remove(OfferId offer)
    {
    }

    /// <summary>All are void.</summary>
    public void Clear()
    {
    }
}
