using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>Keeps as many instances as were asked for. Instances of an older configuration, left over where a deployment was stopped, count and stay.</summary>
internal static class SteadyState
{
    /// <summary>Starts what is missing and ends what is too much.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="spec">The version that missing ones run.</param>
    /// <param name="count">How many shall run.</param>
    public static void Keep(Turn turn, RunSpec spec, int count)
    {
        Refill(turn, spec, count);
        var roster = turn.State.Instances.Of(spec.Id).Roster;
        if (roster.Wanted > count)
        {
            Departures.End(turn, spec, Victims.TakeSurplus(turn.State, roster.Cohorts, spec, roster.Wanted - count));
        }
    }

    /// <summary>Starts what is missing, and lets what is too much run on.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="spec">The version that missing ones run.</param>
    /// <param name="count">How many shall run at least.</param>
    public static void Refill(Turn turn, RunSpec spec, int count)
    {
        var roster = turn.State.Instances.Of(spec.Id).Roster;
        EndOutdatedWaiting(turn, spec, roster);

        // A resident instance that is stopping leaves its volumes to the next: that one waits for the end.
        Arrivals.Schedule(turn, spec, count - roster.Wanted - (spec.IsResident ? roster[Standing.Stopping] : 0));
    }

    // What has not been launched yet shall be launched as the present version.
    private static void EndOutdatedWaiting(Turn turn, RunSpec spec, Roster roster)
    {
        if (roster.Cohorts.Count == 0 || (roster.Cohorts.Count == 1 && roster.Of(spec.LastConfigChangeAt) is not null))
        {
            return;
        }

        foreach (var cohort in roster.Cohorts.Where(cohort => cohort.Config != spec.LastConfigChangeAt && cohort[Standing.Waiting] > 0).ToList())
        {
            Departures.End(turn, spec, [.. cohort.Of(Standing.Waiting)]);
        }
    }
}
