using Tepui.Jobs.Core.Jobs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Ends runs before their time. What waits ends at once; what may live is killed, and again until its end is heard.</summary>
internal static class RunKills
{
    /// <summary>Ends one run; nothing happens to one that is over.</summary>
    public static void Kill(Turn turn, Run run, KillWish wish)
    {
    }

    /// <summary>Ends what is left of a job that is removed: its runs wait for nothing, nothing follows from their ends.</summary>
    public static void Orphan(Turn turn, Job job)
    {
    }
}
