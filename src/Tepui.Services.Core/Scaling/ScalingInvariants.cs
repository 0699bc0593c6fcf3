using Tepui.Model;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Scaling;

/// <summary>What must always hold of the numbers of instances, after each step.</summary>
internal static class ScalingInvariants
{
    /// <summary>Counts are right, what waits is queued, what nobody deploys has as many instances as were asked for, and what is gone has none.</summary>
    public static void Check(ServicesState state)
    {
        var queued = state.Queue.View(DateTimeOffset.UnixEpoch).ToDictionary(item => item.Spec.Id, item => item.Count);
        foreach (var id in state.Instances.Specs.Concat(state.Catalog.Tree.Specs.Keys).ToHashSet())
        {
            var instances = state.Instances.Of(id);
            var roster = instances.Roster;
            foreach (var standing in Enum.GetValues<Standing>())
            {
                Invariant.Holds(roster[standing] == instances.All.Count(instance => Standings.Of(instance) == standing), $"{id} lost count of instances that are {standing}");
            }

            Invariant.Holds(queued.GetValueOrDefault(id) == roster[Standing.Waiting], $"{roster[Standing.Waiting]} instances of {id} wait and {queued.GetValueOrDefault(id)} are queued");
            if (state.Deployments.Owns(id))
            {
                continue;
            }

            if (state.Catalog.Tree.Spec(id) is not { } spec)
            {
                Invariant.Holds(roster.Wanted == 0, $"{id} is gone and {roster.Wanted} instances are not");
            }
            else
            {
                var coming = roster.Wanted + (spec.IsResident ? roster[Standing.Stopping] : 0);
                Invariant.Holds(roster.Wanted <= spec.Instances, $"{id} has {roster.Wanted} instances and shall have {spec.Instances}");
                Invariant.Holds(coming >= spec.Instances, $"{id} has {coming} instances and shall have {spec.Instances}");
            }
        }
    }
}
