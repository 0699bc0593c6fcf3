using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Offers;

/// <summary>What may be wrong with the offers an ACCEPT names.</summary>
internal static class OfferProblems
{
    /// <summary>The first thing wrong, or <see langword="null"/> when they may be used together.</summary>
    public static string? Any(Turn turn, Framework framework, IReadOnlyList<OfferID> ids)
    {
        if (ids.Count == 0)
        {
            return "No offers specified";
        }

        return Twice(ids) ?? Foreign(turn, framework, ids) ?? Apart(framework, ids);
    }

    private static string? Twice(IReadOnlyList<OfferID> ids)
    {
        if (ids.Count == 1)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!seen.Add(id.Value))
            {
                return $"Duplicate offer {id.Value} in offer list";
            }
        }

        return null;
    }

    private static string? Foreign(Turn turn, Framework framework, IReadOnlyList<OfferID> ids)
    {
        foreach (var id in ids)
        {
            if (turn.State.Offers[OfferId.From(id)] is not { } offer)
            {
                return $"Offer {id.Value} is no longer valid";
            }

            if (offer.Framework != framework.Id)
            {
                return $"Offer {id.Value} has invalid framework {offer.Framework} while framework {framework.Id} is expected";
            }
        }

        return null;
    }

    private static string? Apart(Framework framework, IReadOnlyList<OfferID> ids)
    {
        var first = framework.Offers[OfferId.From(ids[0])]!;
        foreach (var id in ids)
        {
            var offer = framework.Offers[OfferId.From(id)]!;
            if (offer.Role != first.Role)
            {
                return $"Aggregated offers must be allocated to the same role. Offer {first.Id} uses role '{first.Role}' but another is using role '{offer.Role}'";
            }

            if (offer.Agent != first.Agent)
            {
                return $"Aggregated offers must belong to one single agent. Offer {first.Id} uses agent {first.Agent} but another is using agent {offer.Agent}";
            }
        }

        return null;
    }
}
