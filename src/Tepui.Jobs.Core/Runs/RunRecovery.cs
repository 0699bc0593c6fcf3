using Tepui.Jobs.Core.Occurrences;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What runs need after a start, beside their entries.</summary>
internal static class RunRecovery
{
    /// <summary>Once all jobs and runs are back: runs that wait are queued again, alarms are set; waits go on where they were. Nothing said outside here is heard.</summary>
    public static void Resume(Turn turn)
    {
        var state = turn.State;
        state.Watch.FollowAll(turn);
        foreach (var name in state.Runs.Open.Select(run => run.Id.Job).Distinct().Order())
        {
            state.Admission.Touch(name);
            if (state.Jobs.TryFind(name, out var job))
            {
                state.Due.Hold(job, Minting.Free(state, job) <= 0);
            }
        }

        foreach (var job in state.Jobs.All.Where(job => job.Progress.Backfill is not null).OrderBy(job => job.Name))
        {
            state.Admission.Touch(job.Name);
        }
    }
}
