using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Launching;

/// <summary>Gives back what is reserved for instances that are no more.</summary>
internal static class ReservationCleanup
{
    /// <summary>Destroys volumes and gives reservations back; nothing when all that is reserved is still needed.</summary>
    public static IReadOnlyList<Offer.Types.Operation> Of(Turn turn, Site site)
    {
        List<MarkedPile>? surplus = null;
        foreach (var pile in site.Piles)
        {
            if (pile.Owner is { } owner && owner.Framework == turn.State.Framework.Value && !IsNeeded(turn, owner, site))
            {
                (surplus ??= []).Add(pile);
            }
        }

        return surplus is null ? [] : Operations(surplus);
    }

    private static bool IsNeeded(Turn turn, ReservationLabels owner, Site site) =>
        turn.State.Instances.Find(new InstanceId(owner.Instance)) is { } instance
        && instance.Goal != Goal.Decommissioned
        && (instance.Condition == Condition.Scheduled || instance.Host?.Agent == site.Host.Agent);

    private static List<Offer.Types.Operation> Operations(List<MarkedPile> surplus)
    {
        var operations = new List<Offer.Types.Operation>();
        var volumes = surplus.Where(pile => pile.Wire.Disk?.Persistence is not null).Select(pile => pile.Wire).ToList();
        if (volumes.Count > 0)
        {
            operations.Add(new() { Type = Offer.Types.Operation.Types.Type.Destroy, Destroy = new() { Volumes = { volumes } } });
        }

        operations.Add(new() { Type = Offer.Types.Operation.Types.Type.Unreserve, Unreserve = new() { Resources = { surplus.Select(pile => Plain(pile.Wire)) } } });
        surplus.ForEach(pile => pile.Take(pile.Scalar));
        return operations;
    }

    // Once its volume is destroyed, a disk is what it was before: a part of the agent's, or of its source.
    private static Resource Plain(Resource resource)
    {
        if (resource.Disk?.Persistence is null)
        {
            return resource;
        }

        var plain = resource.Clone();
        plain.Disk = plain.Disk.Source is { } source ? new() { Source = source } : null;
        return plain;
    }
}
