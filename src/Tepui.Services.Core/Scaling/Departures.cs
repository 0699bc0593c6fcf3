using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>Ends instances.</summary>
internal static class Departures
{
    /// <summary>Ends instances of a spec that stays: what is reserved for them is kept for their successors if those are resident too.</summary>
    public static void End(Turn turn, RunSpec spec, IReadOnlyList<InstanceId> instances)
    {
        foreach (var id in instances)
        {
            var instance = turn.State.Instances.Find(id)!;
            turn.State.Kills.End(turn, instance, spec.IsResident && (instance.IsReserved || instance.Host is not null) ? Goal.Stopped : Goal.Decommissioned);
        }
    }

    /// <summary>Ends all instances of a spec that goes, and gives back what is reserved for them.</summary>
    public static void EndAll(Turn turn, PathId spec)
    {
        var roster = turn.State.Instances.Of(spec).Roster;
        if (roster.Wanted + roster[Standing.Inactive] + roster[Standing.Stopping] + roster[Standing.Reusable] == 0)
        {
            return;
        }

        foreach (var instance in turn.State.Instances.Of(spec).All.Where(instance => instance.Goal != Goal.Decommissioned).OrderBy(instance => instance.Id).ToList())
        {
            turn.State.Kills.End(turn, instance, Goal.Decommissioned);
        }
    }
}
