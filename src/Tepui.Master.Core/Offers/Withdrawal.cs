using Tepui.Master.Core.Accounts;
using Tepui.Model;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Offers;

/// <summary>Offers are taken back. Their resources are free again at once, and nothing is held against the framework.</summary>
internal static class Withdrawal
{
    /// <summary>Takes an offer back without a word: its framework knows or is not there.</summary>
    public static void Discard(Turn turn, OpenOffer offer)
    {
        Close(turn, offer);
        Pool.Free(turn, offer.Framework, offer.Agent, offer.Resources);
    }

    /// <summary>Takes an offer back and tells the framework.</summary>
    public static void Rescind(Turn turn, OpenOffer offer)
    {
        Discard(turn, offer);
        if (turn.State.Frameworks.Find(offer.Framework) is { } framework)
        {
            framework.Metrics.OffersRescinded++;
            turn.Send(framework, new Event
            {
                Type = Event.Types.Type.Rescind,
                Rescind = new() { OfferId = offer.Id.ToWire() },
            });
        }
    }

    /// <summary>The offer is one no more; its resources are the caller's to place.</summary>
    public static void Close(Turn turn, OpenOffer offer)
    {
        var framework = turn.State.Frameworks.Find(offer.Framework);
        var agent = turn.State.Agents.Find(offer.Agent);
        Invariant.Holds(framework is not null, "an offer's framework lives");
        Invariant.Holds(agent is not null, "an offer's agent is registered");
        Ledger.Unoffer(turn, framework, agent, offer);
    }
}
