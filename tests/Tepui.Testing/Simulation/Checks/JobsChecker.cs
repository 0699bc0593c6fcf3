using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.Jobs;
using Tepui.Protocol.V1;
using Tepui.Testing.Simulation.Processes;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>
/// Holds what the jobs scheduler writes down, and what runs, against what it promises: no launch without an intent that lasts, none twice, none early, none of a job that is gone;
/// and, by <see cref="Targets"/>, every target its own run.
/// </summary>
/// <remarks>The targets' check follows Jepsen's of Chronos (2015): each target [t, t + epsilon] needs a run of its own that begins in it.</remarks>
internal sealed class JobsChecker(JobsProcess jobs)
{
    private readonly Dictionary<string, (JobEntry Entry, DateTimeOffset Since)> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Since, string What)> _stopped = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Job, long Number, long Created), SeenRun> _runs = [];
    private readonly Dictionary<string, SeenRun> _byTask = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunEntry> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _made = new(StringComparer.Ordinal);
    private readonly TriggerModel _triggers = new(jobs.Users.Dependent);
    private DateTimeOffset _latest;

    /// <summary>Tasks that were seen to execute.</summary>
    public int Executions { get; private set; }

    /// <summary>When faults ended, by the clock of the scheduler; if that was set back before, the latest it showed: times up to then are taken care of.</summary>
    public DateTimeOffset? HealedAt { get; private set; }

    /// <summary>When a job first lasted, by the clock of the scheduler.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Made => _made;

    /// <summary>All runs seen of a job, oldest first.</summary>
    public IEnumerable<SeenRun> RunsOf(JobName job) => _runs.Values.Where(run => run.Entry.Job == job.Value).OrderBy(static run => run.Entry.Number);

    public void Healed(DateTimeOffset now) => HealedAt = jobs.Time > _latest ? jobs.Time : _latest;

    /// <summary>An entry lasts, or is removed for good.</summary>
    public void Lasts(string key, IMessage? entry)
    {
        _latest = jobs.Time > _latest ? jobs.Time : _latest;
        var parts = key.Split('/');
        switch (parts[0])
        {
            case "jobs": JobLasts(parts[1], entry as JobEntry); break;
            case "runs" when entry is RunEntry run: RunLasts(key, run.Clone()); break;
            case "runs": _last.Remove(key); break;
        }
    }

    /// <summary>A client was answered.</summary>
    public void Answered(JobsCommand command, CommandOutcome outcome)
    {
        switch (command, outcome)
        {
            case (JobsCommand.Put put, CommandOutcome.Done) when !jobs.Disk.Has($"jobs/{put.Draft.Spec!.Name}") && !_stopped.ContainsKey(put.Draft.Spec.Name.Value):
                World.Fail($"{put.Draft.Spec.Name} is accepted and not written down");
                break;
            case (JobsCommand.Start start, CommandOutcome.Started started) when !_runs.Keys.Any(key => key.Job == start.Job.Value && key.Number == started.Run.Number):
                World.Fail($"{started.Run} is told and not written down");
                break;
        }
    }

    /// <summary>The scheduler launches a task.</summary>
    public SimulatedTask Launched(TaskInfo info, SimulatedTask task)
    {
        if (!_byTask.TryGetValue(task.Id, out var run))
        {
            World.Fail($"{task.Id} is launched, and no intent of it lasts");
        }

        var seen = run!;
        if (seen.Tasks.Find(static earlier => !earlier.IsOver && earlier.State is not (TaskState.TaskUnreachable or TaskState.TaskUnknown)) is { } open)
        {
            World.Fail($"{task.Id} is launched while {open} may live: {seen}");
        }

        if (IsAtMostOnce(seen) && seen.Tasks.Find(static earlier => earlier.State != TaskState.TaskDropped) is { } launched)
        {
            World.Fail($"{task.Id} is launched after {launched}, at most once was promised: {seen}");
        }

        if (_latest < seen.Due)
        {
            World.Fail($"{seen} is launched at {_latest:HH:mm:ss.fff}, before it is due");
        }

        Exists(seen, task);
        Alone(seen, task);
        seen.Tasks.Add(task);
        return task;
    }

    /// <summary>A task executes.</summary>
    public void Began(string task)
    {
        Executions++;
        var run = _byTask[task];
        run.Starts.Add(jobs.Time);
        run.Alive++;
        if (IsAtMostOnce(run) && run.Starts.Count > 1)
        {
            World.Fail($"{run} executes again, at most once was promised");
        }
    }

    /// <summary>A task executes no more.</summary>
    public void Ended(string task) => _byTask[task].Alive--;

    /// <summary>Every target has what it was promised, and there is no run too much.</summary>
    public void Check(DateTimeOffset now)
    {
        var problem = jobs.Users.Steady.Values.Where(job => _made.ContainsKey(job.Spec.Name.Value)).Select(job => new Targets(jobs, job).Problem()).FirstOrDefault(static found => found is not null)
            ?? _triggers.Problem(this);
        if (problem is not null)
        {
            World.Fail(problem);
        }
    }

    private void JobLasts(string name, JobEntry? entry)
    {
        if (entry is null || entry.Disabled)
        {
            _stopped.TryAdd(name, (jobs.TrueTime, entry is null ? "gone" : "disabled"));
        }
        else
        {
            _stopped.Remove(name);
        }

        if (entry is null)
        {
            _jobs.Remove(name);
            _triggers.Removed(name);
            return;
        }

        _jobs[name] = (entry, jobs.Time);
        _made.TryAdd(name, jobs.Time);
        _triggers.Made(name);
    }

    private void RunLasts(string key, RunEntry entry)
    {
        var id = (entry.Job, entry.Number, entry.CreatedAt);
        if (!_runs.TryGetValue(id, out var run))
        {
            _runs.Add(id, run = new(entry));
        }

        var before = _last.TryGetValue(key, out var earlier) && earlier.CreatedAt == entry.CreatedAt ? (RunState?)earlier.State : null;
        if (before is { } state && state.IsFinal() && state != (RunState)entry.State)
        {
            World.Fail($"{run} was over as {state}");
        }

        run.Entry = entry;
        _last[key] = entry;
        foreach (var attempt in entry.Attempts)
        {
            _byTask[attempt.TaskId] = run;
        }

        if (((RunState)entry.State).IsFinal() && before is not { } known || (((RunState)entry.State).IsFinal() && !before!.Value.IsFinal()))
        {
            _triggers.Ended(entry, _jobs.GetValueOrDefault(entry.Job).Entry);
        }
    }

    private bool IsAtMostOnce(SeenRun run) => _jobs.TryGetValue(run.Entry.Job, out var job) && job.Entry.HasDelivery && (Delivery)job.Entry.Delivery == Delivery.AtMostOnce && job.Since <= DateTimeOffset.UnixEpoch.AddTicks(run.Entry.CreatedAt);

    // What was decided in the batch that stops a job goes out after the batch lasts.
    private void Exists(SeenRun run, SimulatedTask task)
    {
        if (_stopped.TryGetValue(run.Entry.Job, out var stopped) && stopped.Since < jobs.TrueTime)
        {
            World.Fail($"{task.Id} is launched, and its job is {stopped.What} since {stopped.Since:HH:mm:ss.fff}: {run}");
        }
    }

    private void Alone(SeenRun run, SimulatedTask task)
    {
        if (_jobs.TryGetValue(run.Entry.Job, out var job) && job.Since < jobs.Time && job.Entry is { HasConcurrency: false } or { Concurrency: (int)Concurrency.Forbid }
            && RunsOf(new(run.Entry.Job)).SelectMany(static other => other.Tasks).FirstOrDefault(static other => !other.IsOver && other.State is not (TaskState.TaskUnreachable or TaskState.TaskUnknown)) is { } other)
        {
            World.Fail($"{task.Id} is launched while {other} may live, and its job forbids that");
        }
    }
}
