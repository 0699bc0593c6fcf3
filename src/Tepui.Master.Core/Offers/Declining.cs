using Tepui.Master.Core.Allocation;
using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Offers;

/// <summary>Frameworks refuse offers.</summary>
internal static class Declining
{
    /// <summary>Takes back what is declined, and keeps it from the framework for a while. Unknown offers are ignored.</summary>
    public static void Decline(Turn turn, Framework framework, Call.Types.Decline call)
    {
        turn.State.Counters.Add(CounterNames.MessagesDecline);
        var refuse = RefusalTimeout.Of(call.Filters, turn.State.Options.AllocationInterval);
        foreach (var id in call.OfferIds)
        {
            if (framework.Offers[OfferId.From(id)] is { } offer)
            {
                framework.Metrics.OffersDeclined++;
                Withdrawal.Close(turn, offer);
                Pool.Refuse(turn, framework.Id, offer.Agent, offer.Resources, refuse);
            }
        }
    }
}
