using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core.Notices;

/// <summary>What is still to be told: written down with what it tells of, given out after that, forgotten when it was told.</summary>
internal sealed class NoticeTable
{
    /// <summary>How many are not told yet.</summary>
    public int Count => 0;

    /// <summary>Something happened that the job's owners want to know.</summary>
    public static void Tell(Turn turn, NoticeKind kind, Job job, Run? run, string message)
    {
    }

    /// <summary>A notice was told, or not: then it is tried again after a while.</summary>
    public static void Notified(Turn turn, JobsInput.Notified notified)
    {
    }

    /// <summary>Puts what the store held; it is tried again.</summary>
    public void Restore(Turn turn, NoticeEntry entry)
    {
    }
}
