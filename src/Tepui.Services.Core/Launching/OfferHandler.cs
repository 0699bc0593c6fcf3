using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Launching;

/// <summary>Offers that came in.</summary>
internal static class OfferHandler
{
    /// <summary>Launches what waits, declines the rest.</summary>
    public static void Handle(Turn turn, IReadOnlyList<Offer> offers)
    {
    }
}
