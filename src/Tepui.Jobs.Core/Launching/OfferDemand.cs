namespace Tepui.Jobs.Core.Launching;

/// <summary>Whether offers are wanted: while runs wait, and a little before runs are due.</summary>
internal sealed class OfferDemand
{
    /// <summary>When it changes by itself: before the next due time.</summary>
    public DateTimeOffset? NextWake(JobsState state) => null;

    /// <summary>Subscribed: the master offers until it is told otherwise.</summary>
    public static void Subscribed(Turn turn)
    {
    }

    /// <summary>At the end of every step: revives or suppresses.</summary>
    public static void Settle(Turn turn)
    {
    }
}
