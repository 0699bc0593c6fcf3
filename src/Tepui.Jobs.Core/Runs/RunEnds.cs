using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>How attempts and runs end, and what follows: retries, counters, children, notices, history.</summary>
internal static class RunEnds
{
    /// <summary>The present attempt has ended with this status.</summary>
    public static void AttemptEnded(Turn turn, Run run, TaskStatus status)
    {
    }

    /// <summary>Ends a run for good. Its counters, its job's children and its notices change in the same step.</summary>
    public static void Finish(Turn turn, Run run, RunState state, string? message)
    {
    }

    /// <summary>Somebody says how an async run ended.</summary>
    public static void Completed(Turn turn, Run run, bool succeeded, string message)
    {
    }
}
