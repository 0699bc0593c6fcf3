using Tepui.Model;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Launching;

/// <summary>What must always hold of the queue and of what is counted while instances change.</summary>
internal static class LaunchInvariants
{
    /// <summary>Nothing that waits is forgotten, no offers are kept away from it, and counts say what a recount says.</summary>
    public static void Check(ServicesState state)
    {
        foreach (var id in state.Instances.Specs)
        {
            Check(state, state.Instances.Of(id));
        }

        if (state.Master is not null)
        {
            state.Demand.Check(state);
        }
    }

    private static void Check(ServicesState state, SpecInstances instances)
    {
        var waiting = instances.All.Where(instance => instance is { Condition: Condition.Scheduled, Goal: Goal.Running }).ToLookup(instance => instance.ConfigVersion);
        Invariant.Holds(instances.Waiting.Configs.SequenceEqual(waiting.Select(group => group.Key).Order()), $"configurations of {instances.Spec} that wait are miscounted");
        foreach (var group in waiting)
        {
            var ids = instances.Waiting.Of(group.Key).ToHashSet();
            Invariant.Holds(ids.SetEquals(group.Select(instance => instance.Id)), $"instances of {instances.Spec} that wait are miscounted");
            Invariant.Holds(state.Queue.Knows(instances.Spec, group.Key) || state.SpecOf(group.First())?.LastConfigChangeAt != group.Key, $"{instances.Spec} waits and is not in the queue");
        }

        foreach (var config in instances.All.Select(instance => instance.ConfigVersion).Distinct())
        {
            instances.Placement(config).Check(instances.All.Where(instance => instance.ConfigVersion == config && instance.HasPlace).Select(instance => instance.Host!).ToList(), instances.Spec);
        }
    }
}
