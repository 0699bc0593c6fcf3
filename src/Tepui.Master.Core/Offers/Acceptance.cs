using Tepui.Master.Core.Allocation;
using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Operations;
using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Offers;

/// <summary>Frameworks take offers and say what to do with them.</summary>
internal static class Acceptance
{
    /// <summary>Carries the operations out in the order listed, each on what the ones before left. One that is refused is skipped. What is left over is free again, and kept from the framework for a while.</summary>
    public static void Accept(Turn turn, Framework framework, Call.Types.Accept call)
    {
        turn.State.Counters.Add(CounterNames.MessagesLaunch);
        if (OfferProblems.Any(turn, framework, call.OfferIds) is { } problem)
        {
            Refuse(turn, framework, call, problem);
            return;
        }

        var accepted = Take(turn, framework, call);
        foreach (var operation in call.Operations)
        {
            framework.Metrics.Operation(operation.Type);
            if (OperationTable.Find(operation.Type) is { } handler)
            {
                handler.Carry(turn, accepted, operation);
            }
        }

        Pool.Refuse(turn, framework.Id, accepted.Agent.Id, accepted.Remaining, RefusalTimeout.Of(call.Filters, turn.State.Options.AllocationInterval));
    }

    private static AcceptedOffers Take(Turn turn, Framework framework, Call.Types.Accept call)
    {
        var resources = ResourceSet.Empty;
        OpenOffer? last = null;
        foreach (var id in call.OfferIds)
        {
            last = framework.Offers[OfferId.From(id)];
            Invariant.Holds(last is not null);
            resources = resources.Add(last.Resources);
            Withdrawal.Close(turn, last);
            framework.Metrics.OffersAccepted++;
        }

        Invariant.Holds(last is not null);
        var agent = turn.State.Agents.Find(last.Agent);
        Invariant.Holds(agent is not null);
        return new(framework, agent, last.Role, resources);
    }

    // What is still open of the offers named is discarded: the framework meant to use it up.
    private static void Refuse(Turn turn, Framework framework, Call.Types.Accept call, string problem)
    {
        foreach (var id in call.OfferIds)
        {
            if (framework.Offers[OfferId.From(id)] is { } offer)
            {
                Withdrawal.Discard(turn, offer);
            }
        }

        foreach (var operation in call.Operations)
        {
            framework.Metrics.Operation(operation.Type);
            OperationTable.Find(operation.Type)?.Refuse(turn, framework, operation, problem);
        }
    }
}
