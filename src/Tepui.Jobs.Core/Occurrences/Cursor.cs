using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Occurrences;

/// <summary>Where a schedule stands.</summary>
internal static class Cursor
{
    /// <summary>
    /// For a schedule that is new or was replaced. With catch-up <see cref="CatchUp.Last"/> a start in the past is due at once, as one run; otherwise times count that are at most epsilon ago.
    /// </summary>
    public static JobProgress Begin(JobProgress progress, JobSpec spec, DateTimeOffset now, TimeSpan epsilon) => progress;

    /// <summary>For a job that is enabled again: the first time after now.</summary>
    public static JobProgress Resume(JobProgress progress, JobSpec spec, DateTimeOffset now) => progress;
}
