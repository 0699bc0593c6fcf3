using Tepui.Model;

namespace Tepui.Services.Core.Instances;

/// <summary>What must always hold of instances, kills and health, after each step.</summary>
internal static class LifeInvariants
{
    /// <summary>Whoever is sentenced is being killed, no more kills are sent than allowed, and nothing is remembered of what is over.</summary>
    public static void Check(ServicesState state)
    {
        Invariant.Holds(state.Kills.Sent <= state.Options.KillChunkSize, $"{state.Kills.Sent} kills are sent, {state.Options.KillChunkSize} are allowed");
        Invariant.Holds(state.Kills.Waiting == 0 || state.Master is null || state.Kills.Sent == state.Options.KillChunkSize, $"{state.Kills.Waiting} kills wait while only {state.Kills.Sent} are sent");
        foreach (var instance in state.Instances.All)
        {
            Check(state, instance);
        }

        foreach (var id in state.Kills.All.Concat(state.Health.Instances).Concat(state.Health.Probed))
        {
            Invariant.Holds(state.Instances.Find(id) is not null, $"instance {id} is over and not forgotten");
        }

        state.Budget.Check(state);
    }

    private static void Check(ServicesState state, Instance instance)
    {
        var isUnreachable = instance.Condition is Condition.Unreachable or Condition.UnreachableInactive;
        var isSentenced = instance.Goal != Goal.Running && instance.Condition.IsLaunched() && !isUnreachable;
        Invariant.Holds(!isSentenced || state.Master is null || state.Kills.IsUnderWay(instance.Id), $"instance {instance.Id} shall end and is not being killed");
        Invariant.Holds(!instance.Condition.IsLaunched() || instance.Tasks.Count > 0, $"instance {instance.Id} is {instance.Condition} and has no task");
        Invariant.Holds(!instance.Condition.IsTerminal() || instance.Goal == Goal.Stopped, $"instance {instance.Id} is over and still there");
        foreach (var task in instance.Tasks)
        {
            Invariant.Holds(state.Instances.Find(task.Id)?.Id == instance.Id, $"task {task.Id} does not lead to its instance");
        }
    }
}
