using Tepui.Jobs.Core.Occurrences;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Disables and enables jobs.</summary>
internal static class SwitchCommands
{
    /// <summary>A disabled job is never due, is not triggered, and drops what waits; what runs goes on. One that is enabled goes on with the next time of its schedule.</summary>
    public static CommandOutcome Set(Turn turn, JobsCommand.SetDisabled set)
    {
        if (!turn.State.Jobs.TryFind(set.Job, out var job))
        {
            return Refusals.NoJob(set.Job);
        }

        if (job.Spec.Disabled == set.Disabled)
        {
            return new CommandOutcome.Done();
        }

        if (!set.Disabled && job.Spec.Schedule?.Problem is { } problem)
        {
            return new CommandOutcome.Refused(RefusalKind.Conflict, $"Job '{job.Name}' cannot be enabled: its schedule '{job.Spec.Schedule.Times.Text}' cannot be read any more: {problem}");
        }

        var switched = job with { Spec = job.Spec with { Disabled = set.Disabled } };
        if (set.Disabled)
        {
            turn.State.Jobs.Put(turn, switched);
            return new CommandOutcome.Done();
        }

        switched = switched with { Progress = Cursor.Resume(job.Progress, job.Spec, turn.Now) };
        turn.State.Jobs.Put(turn, switched);
        return new CommandOutcome.Done(job.Spec.Schedule is not null && switched.Progress.NextDue is null ? $"the schedule of job '{job.Name}' has run out: it runs by hand only" : null);
    }
}
