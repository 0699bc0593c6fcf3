namespace Tepui.Jobs.Core.Runs;

/// <summary>What a run does. Legal changes: <see cref="RunTransitions"/>. The numbers are in the store.</summary>
public enum RunState
{
    /// <summary>For an offer, for other runs of its job to end, or for its next attempt.</summary>
    Waiting = 0,

    /// <summary>A launch is decided and written down; nothing was heard of it.</summary>
    Launching = 1,

    /// <summary>The agent prepares the task.</summary>
    Staging = 2,

    /// <summary>The task runs.</summary>
    Running = 3,

    /// <summary>The agent of the task is cut off; nobody knows what it does.</summary>
    Unreachable = 4,

    /// <summary>The task has ended well; somebody will say whether the run did (async jobs).</summary>
    Completing = 5,

    /// <summary>Ended well.</summary>
    Succeeded = 10,

    /// <summary>Every attempt failed.</summary>
    Failed = 11,

    /// <summary>Somebody ended it.</summary>
    Killed = 12,

    /// <summary>Nobody knows how it ended, and it must not be launched again.</summary>
    Lost = 13,

    /// <summary>Never launched: too late, or its job was disabled or removed.</summary>
    Skipped = 14,
}

/// <summary>The life of a run.</summary>
public static class RunTransitions
{
    private static readonly IReadOnlyDictionary<RunState, RunState[]> Table = new Dictionary<RunState, RunState[]>
    {
        [RunState.Waiting] = [RunState.Launching, RunState.Succeeded, RunState.Failed, RunState.Killed, RunState.Lost, RunState.Skipped],
        [RunState.Launching] = [RunState.Waiting, RunState.Staging, RunState.Running, RunState.Unreachable, RunState.Completing, RunState.Succeeded, RunState.Failed, RunState.Killed, RunState.Lost],
        [RunState.Staging] = [RunState.Waiting, RunState.Running, RunState.Unreachable, RunState.Completing, RunState.Succeeded, RunState.Failed, RunState.Killed, RunState.Lost],
        [RunState.Running] = [RunState.Waiting, RunState.Unreachable, RunState.Completing, RunState.Succeeded, RunState.Failed, RunState.Killed, RunState.Lost],
        [RunState.Unreachable] = [RunState.Waiting, RunState.Staging, RunState.Running, RunState.Completing, RunState.Succeeded, RunState.Failed, RunState.Killed, RunState.Lost],
        [RunState.Completing] = [RunState.Waiting, RunState.Succeeded, RunState.Failed, RunState.Killed, RunState.Lost],
    };

    /// <summary>Whether a run may go from one state to another.</summary>
    public static bool Allows(RunState from, RunState to) => Table.TryGetValue(from, out var next) && next.Contains(to);

    /// <summary>Whether it is over.</summary>
    public static bool IsFinal(this RunState state) => state >= RunState.Succeeded;

    /// <summary>Whether a task of it may live.</summary>
    public static bool IsActive(this RunState state) => state is RunState.Launching or RunState.Staging or RunState.Running or RunState.Unreachable or RunState.Completing;
}
