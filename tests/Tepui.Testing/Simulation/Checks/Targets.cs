using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.Jobs;
using Tepui.Testing.Simulation.Processes;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>The targets of one steady job, and what became of them.</summary>
internal sealed class Targets
{
    // Before the heal anything may be down; after it a backlog must be worked off first.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BacklogRecovery = TimeSpan.FromMinutes(9);

    private readonly SteadyJob _job;
    private readonly JobSpec _spec;
    private readonly List<SeenRun> _runs;
    private readonly List<DateTimeOffset> _targets;
    private readonly DateTimeOffset _strictFrom;
    private readonly DateTimeOffset _until;
    private readonly long _skipped;
    private readonly bool _isAlone;

    public Targets(JobsProcess jobs, SteadyJob job)
    {
        _job = job;
        _spec = job.Spec;
        _runs = [.. jobs.Checker.RunsOf(job.Spec.Name).Where(static run => (RunCauseKind)run.Entry.Cause == RunCauseKind.Schedule)];
        _until = jobs.Time - job.Spec.Epsilon!.Value - TimeSpan.FromSeconds(1);
        var made = jobs.Checker.Made[job.Spec.Name.Value];
        _targets = [.. job.Targets(job.Start, _until).Where(target => target >= made - job.Spec.Epsilon.Value).Take(_spec.CatchUp == CatchUp.Last ? int.MaxValue : job.Count ?? int.MaxValue)];
        if (_spec.CatchUp == CatchUp.Last && _runs.Count >= job.Count)
        {
            // The count goes down once per run, however many targets the run stands for.
            _targets.RemoveAll(target => target > _runs.Max(static run => run.Due));
        }

        _strictFrom = (jobs.Checker.HealedAt ?? made) + (_spec.CatchUp == CatchUp.All ? BacklogRecovery : Recovery);
        _isAlone = jobs.IsAlone;
        _skipped = (jobs.Disk.Read($"progress/{job.Spec.Name}") as ProgressEntry)?.SkippedCount ?? 0;
    }

    /// <summary>What is wrong first, or <see langword="null"/>.</summary>
    public string? Problem() => (Overlap() ?? Extra() ?? Missing() ?? (_isAlone ? Strict() : null)) is { } problem
        ? $"{_spec.Name} (R{_job.Count}/{_job.Start:HH:mm:ss}/{_job.Interval.TotalSeconds}s, {_spec.CatchUp}, {_spec.Concurrency}, {_spec.Delivery}, epsilon {_spec.Epsilon}, strict from {_strictFrom:HH:mm:ss}): {problem}\n{string.Join("\n", _runs)}"
        : null;

    // No occurrence has two runs.
    private string? Overlap()
    {
        for (var i = 1; i < _runs.Count; i++)
        {
            if (_runs[i].FirstDue <= _runs[i - 1].Due)
            {
                return $"{_runs[i - 1]} and {_runs[i]} stand for the same time";
            }
        }

        return null;
    }

    // Every run stands for targets, and there are no more runs than wanted.
    private string? Extra()
    {
        if (_runs.Count > _job.Count)
        {
            return $"{_runs.Count} runs, {_job.Count} were wanted";
        }

        return _runs.Find(run => !IsTarget(run.FirstDue) || !IsTarget(run.Due)) is { } odd ? $"{odd} is due at no target"
            : _spec.CatchUp == CatchUp.All && _runs.Find(static run => run.Entry.Covers != 1) is { } merged ? $"{merged} is merged"
            : null;
    }

    private string? Missing()
    {
        var skipped = 0;
        foreach (var target in _targets)
        {
            if (Covering(target) is not { } run)
            {
                if (_spec.CatchUp != CatchUp.None || (_isAlone && target >= _strictFrom))
                {
                    // A backlog is worked off in bounded time.
                    if (_spec.CatchUp != CatchUp.All || target >= _strictFrom || _until >= _strictFrom)
                    {
                        return $"no run stands for {target:HH:mm:ss}";
                    }
                }

                skipped++;
                continue;
            }

            var state = (RunState)run.Entry.State;
            if (state == RunState.Skipped)
            {
                if (_spec.CatchUp != CatchUp.None || (_isAlone && target >= _strictFrom))
                {
                    return $"{run} was skipped";
                }

                skipped++;
            }
            else if (run.Starts.Count == 0 && !(_spec.Delivery == Delivery.AtMostOnce && state == RunState.Lost) && !IsGivenUp(run) && _until >= _strictFrom && IsDecided(target))
            {
                return $"{run} never ran";
            }
        }

        return _spec.CatchUp == CatchUp.None && _skipped < skipped ? $"{skipped} targets were skipped, {_skipped} are counted" : null;
    }

    // Another framework may keep the offers for a while. Without one: once the pool is healthy each target has a run of its own that begins in time, and there is no other (Jepsen's check).
    private string? Strict()
    {
        // An agent may fail to launch a task at any time: of such runs the next attempt, or the last failure, is judged elsewhere.
        var targets = _targets.Where(target => target >= _strictFrom && Covering(target) is not { Entry.Attempt: > 0 } && !(Covering(target) is { Starts.Count: 0 } run && IsGivenUp(run))).ToList();
        var starts = _runs.Where(run => run.FirstDue >= _strictFrom && run.Entry.Attempt == 0).SelectMany(static run => run.Starts).Order().ToList();
        for (var i = 0; i < targets.Count; i++)
        {
            if (i >= starts.Count || starts[i] > targets[i] + _spec.Epsilon!.Value)
            {
                return $"no run begins within {_spec.Epsilon} from {targets[i]:HH:mm:ss}";
            }

            if (starts[i] < targets[i])
            {
                return $"a run begins at {starts[i]:HH:mm:ss.fff}, which no target wants";
            }
        }

        return null;
    }

    // Another framework may keep all offers until the master takes them back.
    private bool IsDecided(DateTimeOffset target) => _isAlone || target < _until - Recovery;

    // All its attempts failed before one could run: their agents were lost.
    private static bool IsGivenUp(SeenRun run) => (RunState)run.Entry.State is RunState.Failed or RunState.Lost;

    private bool IsTarget(DateTimeOffset time) => time >= _job.Start && (time - _job.Start).Ticks % _job.Interval.Ticks == 0;

    private SeenRun? Covering(DateTimeOffset target) => _runs.Find(run => run.FirstDue <= target && target <= run.Due);
}
