using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Recovery;

namespace Tepui.Agent.Core.GarbageCollection;

/// <summary>Keeps the sandboxes of ended executors for a while, less long the fuller the disk is.</summary>
internal static class Sandboxes
{
    private const string Pending = "gc/path_removals_pending";
    private const string AgeMaxSeconds = "slave/executor_directory_max_allowed_age_secs";

    /// <summary>Nothing of this executor is needed any more but its sandbox and its history, for those who look into it.</summary>
    public static void Schedule(Turn turn, ExecutorRecord executor)
    {
        var key = Keys.Run(executor.Container);
        turn.Persist(key, Entries.Told(executor, turn.Now));
        executor.Sandbox = new OldSandbox(key, executor.Directory, turn.Now);
        Add(turn, executor.Sandbox);
    }

    /// <summary>This executor is not shown any more: of its checkpoint only what its sandbox needs is kept.</summary>
    public static void ForgetHistory(Turn turn, ExecutorRecord executor)
    {
        if (executor.Sandbox is { IsCollected: false } sandbox)
        {
            turn.Persist(sandbox.Key, Entries.Ended(executor, sandbox.Since));
        }
    }

    /// <summary>Takes one that was waiting already before a restart.</summary>
    public static void Add(Turn turn, OldSandbox sandbox)
    {
        turn.State.Sandboxes.Add(sandbox);
        turn.State.Counters.Set(Pending, turn.State.Sandboxes.Count);
        if (turn.State.Sandboxes.Next is null)
        {
            Wake(turn);
        }
    }

    /// <summary>The disk was measured: with less room, sandboxes are kept less long.</summary>
    public static void Measured(Turn turn, double usedShare)
    {
        var options = turn.Options;
        var room = double.IsNaN(usedShare) ? 1 : Math.Clamp(1 - options.GcDiskHeadroom - usedShare, 0, 1);
        turn.State.Sandboxes.AgeMax = options.GcDelay * room;
        turn.State.Counters.Set(AgeMaxSeconds, (long)turn.State.Sandboxes.AgeMax.TotalSeconds);
        Collect(turn);
    }

    private static void Collect(Turn turn)
    {
        var sandboxes = turn.State.Sandboxes;
        while (sandboxes.TryPeek(out var oldest) && turn.Now - oldest.Since >= sandboxes.AgeMax)
        {
            sandboxes.Dequeue();
            oldest.IsCollected = true;
            turn.Emit(new AgentEffect.RemoveDirectory(oldest.Directory));
            turn.Forget(oldest.Key);
        }

        turn.State.Counters.Set(Pending, sandboxes.Count);
        Wake(turn);
    }

    private static void Wake(Turn turn)
    {
        var sandboxes = turn.State.Sandboxes;
        sandboxes.Next?.Cancel();
        sandboxes.Next = sandboxes.TryPeek(out var oldest)
            ? turn.State.Deadlines.Set(Clock.Plus(oldest.Since, sandboxes.AgeMax), Collect)
            : null;
    }
}
