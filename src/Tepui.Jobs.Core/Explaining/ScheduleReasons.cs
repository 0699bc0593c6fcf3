using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>What a job's schedule, or its being disabled, has to do with it.</summary>
internal static class ScheduleReasons
{
    /// <summary>That it is disabled, and as far as is known why.</summary>
    public static IEnumerable<string> Disabled(JobsState state, Job job)
    {
        if (!job.Spec.Disabled)
        {
            yield break;
        }

        var most = state.Options.DisableAfterFailures;
        if (job.Spec.Schedule is { Problem: { } problem } unreadable)
        {
            yield return $"It is disabled because its schedule '{unreadable.Times.Text}' cannot be read any more: {problem}; send the job again with one that can.";
        }
        else if (most > 0 && job.Progress.ErrorsSinceLastSuccess >= most)
        {
            yield return $"It is disabled after {Words.Count(job.Progress.ErrorsSinceLastSuccess, "failed run")} without a success (disable_after_failures is {most}); enable it when its cause is removed.";
        }
        else if (job.Spec.Schedule is not null && IsDone(state, job))
        {
            yield return "It is disabled because all runs of its schedule are done; give it a new schedule to run it again.";
        }
        else
        {
            yield return "It is disabled by its author; enable it to run it.";
        }
    }

    /// <summary>When it is due next, and what was missed.</summary>
    public static IEnumerable<string> Of(JobsState state, Job job, DateTimeOffset now)
    {
        if (job.Spec.Schedule is null)
        {
            yield break;
        }

        var progress = job.Progress;
        if (!job.Spec.Disabled)
        {
            yield return Next(state, job, now);
        }

        if (progress.SkippedCount > 0)
        {
            var last = progress.LastSkipped is { } time ? $", the last that of {Words.Time(time)}" : "";
            yield return $"{Words.Count(progress.SkippedCount, "occurrence")} {(progress.SkippedCount == 1 ? "was" : "were")} never launched{last}: they could not start within {job.Spec.EpsilonOr(state.Options.TaskEpsilon).TotalSeconds:0} s of their due times.";
        }
    }

    // The last due time may have a run that waits still.
    private static bool IsDone(JobsState state, Job job) => job.Progress.Remaining == 0 && state.Runs.OpenOf(job.Name).Count == 0;

    private static string Next(JobsState state, Job job, DateTimeOffset now)
    {
        if (job.Progress.NextDue is not { } due)
        {
            return IsDone(state, job) ? "All runs of its schedule are done." : "Its schedule has no further time.";
        }

        if (state.Due.IsHeld(job.Name))
        {
            return $"It is due since {Words.Time(due)}, but {state.Options.WaitingRunsMax} of its runs wait already; the next is made when one of them has left.";
        }

        return due > now ? $"It is due next at {Words.Time(due)}." : $"It is due since {Words.Time(due)}.";
    }
}
