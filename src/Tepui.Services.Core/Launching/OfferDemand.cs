namespace Tepui.Services.Core.Launching;

/// <summary>Which roles' offers are wanted.</summary>
internal sealed class OfferDemand
{
    /// <summary>At the end of every step: revives roles with something to launch, suppresses the others.</summary>
    public static void Settle(Turn turn)
    {
    }
}
