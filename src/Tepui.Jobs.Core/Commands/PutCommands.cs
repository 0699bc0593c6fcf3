using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Graph;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Makes jobs and replaces them.</summary>
internal static class PutCommands
{
    /// <summary>
    /// A job that is replaced keeps its counters, its runs and what its parents have done; its schedule begins anew. If it is sent as it was shown, it goes on instead:
    /// a start that is shown may stand for the end of a longer month or for a time that the clock skipped, and the days after must not follow from it.
    /// So it does if its sender wants that and wrote it as before.
    /// </summary>
    public static CommandOutcome Put(Turn turn, JobsCommand.Put put)
    {
        var draft = put.Draft;
        var before = draft.Spec is { } named && turn.State.Jobs.TryFind(named.Name, out var known) ? known : null;
        Problem[] problems = [.. draft.Problems, .. before is null ? draft.CreateProblems : []];
        if (draft.Spec is not { } spec || problems.Length > 0)
        {
            return Refusals.Invalid(problems);
        }

        spec = draft.Kind == DraftKind.Dependent ? spec with { Schedule = null } : spec with { Parents = [] };
        if (draft.Kind == DraftKind.Dependent && !spec.IsDependent)
        {
            return Refusals.Invalid("parents", $"is empty: dependent job '{spec.Name}' needs at least one parent", before is null ? RefusalKind.NoParents : RefusalKind.BadRequest);
        }

        var goesOn = GoesOn(spec, before, put.KeepsSchedule);
        spec = goesOn ? spec with { Schedule = before!.Spec.Schedule } : spec;
        if (put.IsDryRun)
        {
            return new CommandOutcome.Planned(before?.Spec, spec);
        }

        if (Refusal(turn.State, spec, before, put.Strict, out var missing) is { } refusal)
        {
            return refusal;
        }

        turn.State.Jobs.Put(turn, new(spec, Progress(turn, spec, before, goesOn)));
        return new CommandOutcome.Done(Warning(draft, spec, missing));
    }

    private static string? Warning(JobDraft draft, JobSpec spec, IReadOnlyList<JobName> missing)
    {
        var warnings = draft.Warnings.Select(warning => $"job '{spec.Name}': {warning}").ToList();
        if (missing.Count > 0)
        {
            warnings.Insert(0, $"job '{spec.Name}' is not triggered until all its parents exist; these do not: {Refusals.Names(missing)}");
        }

        return warnings.Count == 0 ? null : string.Join("; ", warnings);
    }

    private static CommandOutcome.Refused? Refusal(JobsState state, JobSpec spec, Job? before, bool strict, out IReadOnlyList<JobName> missing)
    {
        missing = [.. spec.Parents.Where(parent => parent != spec.Name && !state.Jobs.Contains(parent))];

        // A job that waits for its parents may be sent again while they do not exist.
        var mayWait = !strict && (before is null || !before.Spec.Parents.All(state.Jobs.Contains));
        if (missing.Count > 0 && !mayWait)
        {
            return Refusals.Invalid("parents", $"has jobs that do not exist: {Refusals.Names(missing)}; make them before '{spec.Name}'");
        }

        return JobCycles.Find(state, spec.Name, spec.Parents) is { } cycle
            ? Refusals.Invalid("parents", $"closes a cycle, in which every job would wait for itself: {JobCycles.Text(cycle)}")
            : null;
    }

    // A disabled job may have missed much, which is not made up for when it is enabled again.
    private static bool GoesOn(JobSpec spec, Job? before, bool isKept) =>
        before is { Spec: { Schedule: { Problem: null } known } }
        && spec.Schedule is { } sent
        && (sent.IsCron, sent.Zone) == (known.IsCron, known.Zone)
        && ((isKept && sent.Times.Text == known.Times.Text) || (!before.Spec.Disabled && sent.Times.Text == JobWriter.ScheduleText(known, before.Progress)));

    private static JobProgress Progress(Turn turn, JobSpec spec, Job? before, bool goesOn)
    {
        var progress = Triggers.Fit(before?.Progress ?? JobProgress.None, spec.Parents);
        if (goesOn)
        {
            return before!.Spec.Disabled && !spec.Disabled ? Cursor.Resume(progress, spec, turn.Now) : progress;
        }

        return spec.Schedule is null
            ? progress with { NextDue = null, Remaining = null, Backfill = null }
            : Cursor.Begin(progress, spec, turn.Now, spec.EpsilonOr(turn.State.Options.TaskEpsilon));
    }
}
