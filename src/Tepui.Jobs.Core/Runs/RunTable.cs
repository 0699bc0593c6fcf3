using System.Diagnostics.CodeAnalysis;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Runs;

/// <summary>All runs. The only place where they change: it checks the change, persists, publishes and tells the listing (<see cref="Views.Listing.Touch(RunId)"/>), and lets alarms and admission follow.</summary>
internal sealed class RunTable
{
    private readonly Dictionary<JobName, JobRuns> _jobs = [];
    private readonly Dictionary<RunId, Run> _open = [];

    // Of runs that are not over; tasks of others are found through the name of the job in their ids.
    private readonly Dictionary<TaskId, RunId> _tasks = [];

    /// <summary>Runs that are not over, in no order.</summary>
    public IEnumerable<Run> Open => _open.Values;

    /// <summary>How many are not over.</summary>
    public int OpenCount => _open.Count;

    /// <summary>The highest milliseconds in an id of a task of any job that was seen; 0 without any.</summary>
    public long LatestMillis { get; private set; }

    /// <summary>Milliseconds in the id of a task that may be remembered nowhere else.</summary>
    public void Saw(long millis) => LatestMillis = Math.Max(LatestMillis, millis);

    /// <summary>Jobs that have runs, in no order.</summary>
    public IEnumerable<JobName> Jobs => _jobs.Keys;

    /// <summary>Runs of a job, oldest first, those that are over too. Never changes.</summary>
    public IReadOnlyList<Run> Of(JobName job) => _jobs.TryGetValue(job, out var runs) ? runs.All : [];

    /// <summary>Runs of a job that are not over, oldest first. Never changes.</summary>
    public IReadOnlyList<Run> OpenOf(JobName job) => _jobs.TryGetValue(job, out var runs) ? runs.Open : [];

    /// <summary>Runs of a job that are over, oldest first. Never changes.</summary>
    public IReadOnlyList<Run> EndedOf(JobName job) => _jobs.TryGetValue(job, out var runs) ? runs.Ended : [];

    /// <summary>The highest number among the runs of a job; 0 without any.</summary>
    public long Highest(JobName job) => _jobs.TryGetValue(job, out var runs) ? runs.Highest : 0;

    /// <summary>One, if there is one.</summary>
    public Run? Find(RunId id) => _open.GetValueOrDefault(id) ?? (_jobs.TryGetValue(id.Job, out var runs) ? runs.Find(id.Number) : null);

    /// <summary>The run with this task as its last launch or an earlier one.</summary>
    public bool TryFind(TaskId task, [NotNullWhen(true)] out Run? run)
    {
        run = _tasks.TryGetValue(task, out var id) ? Find(id) : TaskIds.JobOf(task) is { } job ? EndedOf(job).LastOrDefault(ended => ended.Attempts.Any(attempt => attempt.Task == task)) : null;
        return run is not null;
    }

    /// <summary>Adds a run.</summary>
    public void Add(Turn turn, Run run)
    {
        Invariant.Holds(Find(run.Id) is null, $"run {run.Id} exists already");
        Invariant.Holds(run.State == RunState.Waiting, $"run {run.Id} begins as {run.State}");
        Put(run);
        Tell(turn, run, ended: false);
        turn.State.Admission.Touch(run.Id.Job);
    }

    /// <summary>Replaces a run by its changed self.</summary>
    public void Replace(Turn turn, Run run)
    {
        var before = Find(run.Id);
        Invariant.Holds(before is not null, $"run {run.Id} is not there");
        Invariant.Holds(before.State == run.State || RunTransitions.Allows(before.State, run.State), $"run {run.Id} goes from {before.State} to {run.State}");
        foreach (var attempt in before.Attempts)
        {
            _tasks.Remove(attempt.Task);
        }

        Put(run);
        if (before.State == RunState.Waiting && run.State != RunState.Waiting)
        {
            turn.State.Admission.Withdraw(turn, run.Id);
        }

        Tell(turn, run, ended: run.State.IsFinal() && !before.State.IsFinal());
        if (!before.State.IsActive() || !run.State.IsActive())
        {
            turn.State.Admission.Touch(run.Id.Job);
        }
    }

    /// <summary>Forgets a run that is over.</summary>
    public void Remove(Turn turn, RunId id)
    {
        Invariant.Holds(Find(id) is { } run && run.State.IsFinal(), $"run {id} is not over");
        var runs = _jobs[id.Job];
        runs.Remove(id.Number);
        if (runs.Highest == 0)
        {
            _jobs.Remove(id.Job);
        }

        turn.State.Listing.Touch(id);
        turn.Persist(StoreKeys.Run(id), null);
    }

    /// <summary>Puts what the store held.</summary>
    public void Restore(JobsState state, Run run)
    {
        Put(run);
        LatestMillis = Math.Max(LatestMillis, run.Attempts.Select(attempt => TaskIds.MillisOf(attempt.Task)).DefaultIfEmpty(0).Max());
        state.Listing.Touch(run.Id);
    }

    private void Put(Run run)
    {
        if (!_jobs.TryGetValue(run.Id.Job, out var runs))
        {
            _jobs[run.Id.Job] = runs = new();
        }

        runs.Put(run);
        if (run is { State: RunState.Launching, Last: { } last })
        {
            LatestMillis = Math.Max(LatestMillis, TaskIds.MillisOf(last.Task));
        }

        if (run.State.IsFinal())
        {
            _open.Remove(run.Id);
            return;
        }

        _open[run.Id] = run;
        foreach (var attempt in run.Attempts)
        {
            _tasks[attempt.Task] = run.Id;
        }
    }

    private static void Tell(Turn turn, Run run, bool ended)
    {
        turn.Persist(StoreKeys.Run(run.Id), RunEntries.Write(run));
        turn.Publish(new JobEvent.RunChanged(run, ended));
        turn.State.Listing.Touch(run.Id);
        turn.State.Watch.Follow(turn, run);
    }
}
