namespace Tepui.Services.Core.Instances;

/// <summary>What an instance counts for when a spec is compared with its instances. The first ones are the first to go when there are too many.</summary>
internal enum Standing
{
    /// <summary>Waits for an offer.</summary>
    Waiting,

    /// <summary>Is on its way, or about to end without having been told to.</summary>
    Starting,

    /// <summary>Its agent cannot be reached.</summary>
    Unreachable,

    /// <summary>Runs, but its checks fail.</summary>
    Unhealthy,

    /// <summary>Runs, but may not take load yet.</summary>
    Unready,

    /// <summary>Runs and may take load; no check has said anything about its health.</summary>
    Unproven,

    /// <summary>Runs, may take load, and its checks pass.</summary>
    Healthy,

    /// <summary>Its agent cannot be reached for so long that it is replaced.</summary>
    Inactive,

    /// <summary>Was told to end and to leave, and has not yet.</summary>
    Ending,

    /// <summary>Was told to end and to keep what is reserved for it, and has not yet.</summary>
    Stopping,

    /// <summary>Was told to end, but its agent cannot be reached: nothing waits for it.</summary>
    Lost,

    /// <summary>Is over and can run again: it was not told to leave.</summary>
    Reusable,

    /// <summary>Is over and leaves.</summary>
    Leaving,
}

/// <summary>Tells what instances count for.</summary>
internal static class Standings
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)Standing.Leaving + 1;

    /// <summary>Whether it is one of the instances that were asked for.</summary>
    public static bool IsWanted(this Standing standing) => standing <= Standing.Healthy;

    /// <summary>What an instance counts for.</summary>
    public static Standing Of(Instance instance)
    {
        if (instance.Condition.IsTerminal())
        {
            return instance.Goal == Goal.Decommissioned ? Standing.Leaving : Standing.Reusable;
        }

        var isUnreachable = instance.Condition is Condition.Unreachable or Condition.UnreachableInactive;
        if (instance.Goal != Goal.Running)
        {
            return isUnreachable ? Standing.Lost : instance.Goal == Goal.Stopped ? Standing.Stopping : Standing.Ending;
        }

        return instance.Condition switch
        {
            Condition.Scheduled => Standing.Waiting,
            Condition.Unreachable => Standing.Unreachable,
            Condition.UnreachableInactive => Standing.Inactive,
            Condition.Running when instance.Healthy == false => Standing.Unhealthy,
            Condition.Running when !instance.Ready => Standing.Unready,
            Condition.Running => instance.Healthy == true ? Standing.Healthy : Standing.Unproven,
            _ => Standing.Starting,
        };
    }
}
