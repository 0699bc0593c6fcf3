namespace Tepui.Services.Core.Instances;

/// <summary>What an instance does. Numbers are stored; do not change them.</summary>
public enum Condition
{
    /// <summary>Waits for an offer.</summary>
    Scheduled = 0,

    /// <summary>Launched on an offer; nothing heard yet.</summary>
    Provisioned = 1,

    /// <summary>The agent has it.</summary>
    Staging = 2,

    /// <summary>About to run.</summary>
    Starting = 3,

    /// <summary>Runs.</summary>
    Running = 4,

    /// <summary>Asked to end.</summary>
    Killing = 5,

    /// <summary>Its agent cannot be reached.</summary>
    Unreachable = 6,

    /// <summary>Its agent cannot be reached, for so long that it is replaced.</summary>
    UnreachableInactive = 7,

    /// <summary>Ended by itself with success.</summary>
    Finished = 8,

    /// <summary>Ended by itself without success.</summary>
    Failed = 9,

    /// <summary>Ended because it was asked to.</summary>
    Killed = 10,

    /// <summary>Its description was refused.</summary>
    Error = 11,

    /// <summary>Was never started.</summary>
    Dropped = 12,

    /// <summary>Its agent is gone for good.</summary>
    Gone = 13,

    /// <summary>The master does not know it.</summary>
    Unknown = 14,
}

/// <summary>What conditions mean.</summary>
public static class Conditions
{
    /// <summary>Runs or is on its way (unreachable counts; unreachable and inactive does not).</summary>
    public static bool IsActive(this Condition condition) => condition is Condition.Provisioned or Condition.Staging or Condition.Starting or Condition.Running or Condition.Killing or Condition.Unreachable;

    /// <summary>Was launched and is not over: has tasks that may live.</summary>
    public static bool IsLaunched(this Condition condition) => condition is > Condition.Scheduled and < Condition.Finished;

    /// <summary>Over; never changes any more.</summary>
    public static bool IsTerminal(this Condition condition) => condition >= Condition.Finished;

    /// <summary>Over, and counted as a failure to run: delays the next launch.</summary>
    public static bool IsFailure(this Condition condition) => condition is Condition.Error or Condition.Failed or Condition.Gone or Condition.Dropped or Condition.Unknown;

    /// <summary>As events and answers write it: <c>Running</c>, <c>UnreachableInactive</c>.</summary>
    public static string Text(this Condition condition) => condition.ToString();
}

/// <summary>What shall become of an instance. Numbers are stored; do not change them.</summary>
public enum Goal
{
    /// <summary>Shall run.</summary>
    Running = 0,

    /// <summary>Shall end and keep its reservation.</summary>
    Stopped = 1,

    /// <summary>Shall end and leave nothing.</summary>
    Decommissioned = 2,
}
