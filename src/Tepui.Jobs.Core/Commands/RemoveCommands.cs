using Tepui.Jobs.Core.Graph;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Removes jobs.</summary>
/// <remarks>
/// Children of a job with parents get those instead of it. Children of a job with a schedule become jobs with that schedule, from its next time on, and lose their other
/// parents: what Chronos does. Its tasks are killed, its runs and counters are forgotten.
/// </remarks>
internal static class RemoveCommands
{
    /// <summary>One job.</summary>
    public static CommandOutcome Remove(Turn turn, JobsCommand.Remove remove)
    {
        if (!turn.State.Jobs.TryFind(remove.Job, out var job))
        {
            return Refusals.NoJob(remove.Job);
        }

        var children = turn.State.Graph.Children(job.Name);
        if (remove.Strict && children.Count > 0)
        {
            return new CommandOutcome.Refused(RefusalKind.BadRequest, $"Job '{job.Name}' has children, which it would be taken from: {Refusals.Names(children)}; remove them first");
        }

        foreach (var child in children)
        {
            if (turn.State.Jobs.TryFind(child, out var orphan))
            {
                turn.State.Jobs.Put(turn, Without(turn, orphan, job));
                Triggers.ParentTaken(turn, orphan);
            }
        }

        Remove(turn, job);
        return new CommandOutcome.Done(children.Count == 0 ? null : Inherited(job, children));
    }

    /// <summary>All jobs.</summary>
    public static CommandOutcome RemoveAll(Turn turn)
    {
        foreach (var job in turn.State.Jobs.All.OrderBy(job => job.Name).ToList())
        {
            Remove(turn, job);
        }

        return new CommandOutcome.Done();
    }

    private static void Remove(Turn turn, Job job)
    {
        RunKills.Orphan(turn, job);
        turn.State.Jobs.Remove(turn, job.Name);
        NoticeTable.Tell(turn, NoticeKind.Removed, job, run: null, $"job '{job.Name}' is removed");
    }

    private static Job Without(Turn turn, Job child, Job removed)
    {
        if (removed.Spec.Schedule is { } schedule)
        {
            var scheduled = child.Spec with { Parents = [], Schedule = schedule, Disabled = child.Spec.Disabled || schedule.Problem is not null };
            var begun = Triggers.Fit(child.Progress, []) with { Remaining = removed.Progress.Remaining, LastDue = Moments.Later(child.Progress.LastDue, removed.Progress.LastDue) };
            return new(scheduled, Cursor.Resume(begun, scheduled, turn.Now));
        }

        JobName[] parents = [.. child.Spec.Parents.Where(parent => parent != removed.Name).Concat(removed.Spec.Parents).Distinct()];
        return new(child.Spec with { Parents = parents }, Triggers.Fit(child.Progress, parents));
    }

    private static string Inherited(Job job, IReadOnlyList<JobName> children) => job.Spec switch
    {
        { Schedule: not null } => $"these jobs run by the schedule of job '{job.Name}' now: {Refusals.Names(children)}",
        { IsDependent: true } => $"these jobs have the parents of job '{job.Name}' now: {Refusals.Names(children)}",
        _ => $"these jobs lost their parent '{job.Name}': {Refusals.Names(children)}",
    };
}
