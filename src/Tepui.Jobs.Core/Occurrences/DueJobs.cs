using Tepui.Jobs.Core.Jobs;

namespace Tepui.Jobs.Core.Occurrences;

/// <summary>Enabled jobs by the next due time of their schedules.</summary>
internal sealed class DueJobs
{
    /// <summary>When the first is due.</summary>
    public DateTimeOffset? Next => null;

    /// <summary>Follows a job that is new or changed: <see cref="JobProgress.NextDue"/> and disabled state count. Called by the job table.</summary>
    public void Follow(Job job)
    {
    }

    /// <summary>Jobs due up to a time, soonest first, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<Job> Upcoming(JobsState state, DateTimeOffset until, int most) => [];

    /// <summary>At the end of a step: makes the runs whose time has come, by the catch-up policy of their jobs, and moves the cursors on.</summary>
    public static void Mint(Turn turn)
    {
    }
}
