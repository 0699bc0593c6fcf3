using System.Diagnostics.CodeAnalysis;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Sdk.Tasks;

/// <summary>The tasks of a framework that are not over, as the client hears of them: every launch, every update. May be read from any thread.</summary>
public sealed class TaskTracker
{
    private readonly Dictionary<TaskId, TrackedTask> _tasks = [];
    private readonly Lock _lock = new();

    /// <summary>Number of tasks that are not over.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _tasks.Count;
            }
        }
    }

    /// <summary>All tasks that are not over, by id.</summary>
    public IReadOnlyList<TrackedTask> Snapshot()
    {
        lock (_lock)
        {
            return [.. _tasks.Values.OrderBy(task => task.Id)];
        }
    }

    /// <summary>Looks up a task that is not over.</summary>
    public bool TryGet(TaskId id, [NotNullWhen(true)] out TrackedTask? task)
    {
        lock (_lock)
        {
            return _tasks.TryGetValue(id, out task);
        }
    }

    /// <summary>Names a task from an earlier life of the framework, so that the master is asked about it. Call before subscribing.</summary>
    /// <param name="id">Which.</param>
    /// <param name="agent">Where it was launched, if known.</param>
    public void Expect(TaskId id, AgentId agent = default)
    {
        lock (_lock)
        {
            _tasks.TryAdd(id, new(id, agent, TaskState.TaskStaging, DateTimeOffset.MinValue, null));
        }
    }

    /// <summary>Notes the tasks that a call launches.</summary>
    internal void Launched(Call call, DateTimeOffset now)
    {
        if (call.Accept is null)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var operation in call.Accept.Operations)
            {
                foreach (var task in operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup?.Tasks ?? [])
                {
                    var id = TaskId.From(task.TaskId);
                    _tasks[id] = new(id, AgentId.From(task.AgentId), TaskState.TaskStaging, now, null);
                }
            }
        }
    }

    /// <summary>Takes an update in. Gives the state known before, or <see langword="null"/> for a task not known.</summary>
    internal TaskState? Apply(TaskStatus status, DateTimeOffset now)
    {
        var id = TaskId.From(status.TaskId);
        lock (_lock)
        {
            var before = _tasks.TryGetValue(id, out var known) ? known.State : (TaskState?)null;
            if (status.State.IsTerminal())
            {
                _tasks.Remove(id);
            }
            else
            {
                _tasks[id] = new(id, status.AgentId is null ? known?.Agent ?? default : AgentId.From(status.AgentId), status.State, now, status);
            }

            return before;
        }
    }

    /// <summary>Questions about the tasks last heard of before <paramref name="since"/>.</summary>
    internal List<Call.Types.Reconcile.Types.Task> UnheardSince(DateTimeOffset since)
    {
        lock (_lock)
        {
            return [.. _tasks.Values.Where(task => task.Heard < since).OrderBy(task => task.Id).Select(Question)];
        }
    }

    private static Call.Types.Reconcile.Types.Task Question(TrackedTask task)
    {
        var question = new Call.Types.Reconcile.Types.Task { TaskId = task.Id.ToWire() };
        if (task.Agent.IsSet)
        {
            question.AgentId = task.Agent.ToWire();
        }

        return question;
    }
}
