using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Offers that came in.</summary>
internal static class OfferHandler
{
    /// <summary>Takes them in hand; <see cref="Placement"/> uses, keeps or declines them.</summary>
    public static void Handle(Turn turn, IReadOnlyList<Offer> offers)
    {
    }
}
