using Tepui.Model.Identifiers;
using Tepui.Protocol.Services;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Health;

/// <summary>Last failures, and specs whose instances keep failing.</summary>
internal sealed class FailureTable
{
    /// <summary>So many failures in a row are a crash loop.</summary>
    public const int LoopLength = 3;

    /// <summary>An instance that ran for so long shows that its spec can run.</summary>
    public static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(60);

    private readonly Dictionary<PathId, TaskFailure> _last = [];
    private readonly Dictionary<PathId, FailureRow> _rows = [];

    /// <summary>Last failure by spec.</summary>
    public IReadOnlyDictionary<PathId, TaskFailure> Last => new Dictionary<PathId, TaskFailure>(_last);

    /// <summary>Last failure of a spec.</summary>
    public TaskFailure? Find(PathId spec) => _last.GetValueOrDefault(spec);

    /// <summary>Crash loops by spec, of present configurations: one that was given up fails no more.</summary>
    public IReadOnlyDictionary<PathId, CrashLoop> Loops(ServicesState state) =>
        _rows.Values.Where(row => row.Count >= LoopLength && state.Catalog.Tree.Spec(row.Spec)?.LastConfigChangeAt == row.Config).ToDictionary(row => row.Spec, row => Loop(state, row));

    /// <summary>An instance ended by itself.</summary>
    public void Failed(Turn turn, Instance instance, InstanceTask task, TaskStatus status)
    {
        // A container that fails takes the others of its pod down: the last word is one of theirs, the cause is not.
        if (status.State == TaskState.TaskKilled && instance.Tasks.FirstOrDefault(IsCulprit) is { } culprit)
        {
            task = culprit;
            status = new() { TaskId = culprit.Id.ToWire(), State = culprit.State, Message = culprit.Message ?? "" };
        }

        if (instance.Condition != Condition.Finished)
        {
            Remember(turn, new(instance.Spec, instance.Host?.Hostname ?? "", status.HasMessage ? status.Message : "", status.State, task.Id, turn.Now, instance.SpecVersion, instance.Host?.Agent));
        }

        if (FailureCause.Of(instance.Condition, status) is { } cause)
        {
            Count(turn, instance, task, cause);
        }
    }

    private static bool IsCulprit(InstanceTask task) => task.State is TaskState.TaskFailed or TaskState.TaskError or TaskState.TaskDropped;

    /// <summary>An instance is ended because its health checks failed.</summary>
    public void Unhealthy(Turn turn, Instance instance, InstanceTask task, string reason)
    {
        Remember(turn, new(instance.Spec, instance.Host?.Hostname ?? "", $"Ended as unhealthy: {reason}", TaskState.TaskKilled, task.Id, turn.Now, instance.SpecVersion, instance.Host?.Agent));
        if (instance.Healthy == false)
        {
            Count(turn, instance, task, new("check", ExitCode: null, Signal: null, reason));
        }
    }

    /// <summary>An instance changed: one that begins to run may show that the failures are over.</summary>
    public void Follow(Turn turn, Condition before, Instance instance)
    {
        if (instance.Condition == Condition.Running && before != Condition.Running && _rows.ContainsKey(instance.Spec))
        {
            turn.State.Deadlines.Set(turn.Now + ProofTime, later => Proved(later, instance.Id));
        }
    }

    /// <summary>An app or pod is gone.</summary>
    public void Forget(Turn turn, PathId spec)
    {
        _rows.Remove(spec);
        if (_last.Remove(spec))
        {
            turn.Persist(StoreKeys.Failure(spec), entry: null);
        }
    }

    /// <summary>Puts what the store held.</summary>
    public void Restore(FailureEntry entry)
    {
        var spec = new PathId(entry.AppId);
        _last[spec] = new(
            spec, entry.Host, entry.Message, entry.State, new TaskId(entry.TaskId), DateTimeOffset.FromUnixTimeMilliseconds(entry.Timestamp),
            DateTimeOffset.FromUnixTimeMilliseconds(entry.Version), entry.HasAgentId ? new AgentId(entry.AgentId) : null);
    }

    private static CrashLoop Loop(ServicesState state, FailureRow row) => new(
        row.Cause.Kind, row.Cause.ExitCode, row.Cause.Signal, row.Count, row.Since, row.Cause.Message,
        state.Catalog.Tree.Spec(row.Spec) is { } spec ? state.Queue.DelayOf(spec) : TimeSpan.Zero);

    private void Remember(Turn turn, TaskFailure failure)
    {
        _last[failure.App] = failure;
        var entry = new FailureEntry
        {
            AppId = failure.App.Value,
            Host = failure.Host,
            Message = failure.Message,
            State = failure.State,
            TaskId = failure.Task.Value,
            Timestamp = failure.At.ToUnixTimeMilliseconds(),
            Version = failure.Version.ToUnixTimeMilliseconds(),
        };
        if (failure.Agent is { } agent)
        {
            entry.AgentId = agent.Value;
        }

        turn.Persist(StoreKeys.Failure(failure.App), entry);
    }

    private void Count(Turn turn, Instance instance, InstanceTask task, FailureCause cause)
    {
        var ranLong = cause.Kind == "check" ? turn.State.Health.Find(instance.Id)?.WasHealthyFor >= ProofTime : task.StartedAt is { } started && (task.EndedAt ?? turn.Now) - started >= ProofTime;
        var before = _rows.GetValueOrDefault(instance.Spec);
        var goesOn = before is not null && !ranLong && before.Config == instance.ConfigVersion;
        var row = goesOn
            ? before! with { Count = before.Count + 1, Cause = cause }
            : new FailureRow(instance.Spec, instance.ConfigVersion, 1, turn.Now, cause);
        _rows[instance.Spec] = row;
        if (row.Count == LoopLength || (row.Count > LoopLength && before!.Cause.Kind != cause.Kind))
        {
            turn.Publish(new ServiceEvent.CrashLooped(row.Spec, cause.Kind, row.Count, cause.Message));
        }
    }

    private void Proved(Turn turn, InstanceId id)
    {
        if (turn.State.Instances.Find(id) is not { IsRunning: true } instance || !_rows.TryGetValue(instance.Spec, out var row) || row.Config != instance.ConfigVersion
            || instance.Tasks.Any(task => task.StartedAt is not { } started || turn.Now - started < ProofTime))
        {
            return;
        }

        // Where there are checks, running is not enough.
        if (instance.Healthy ?? !turn.State.SpecOf(instance).HasChecks())
        {
            _rows.Remove(instance.Spec);
        }
        else
        {
            turn.State.Deadlines.Set(turn.Now + ProofTime, later => Proved(later, id));
        }
    }

    private sealed record FailureRow(PathId Spec, DateTimeOffset Config, int Count, DateTimeOffset Since, FailureCause Cause);
}
