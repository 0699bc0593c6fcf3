using System.Collections.Immutable;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core;

/// <summary>Counters since the start of the process, by the metric names that dashboards for Mesos know.</summary>
internal sealed class Counters
{
    public const string ContainerLaunchErrors = "slave/container_launch_errors";
    public const string ExecutorsTerminated = "slave/executors_terminated";
    public const string RecoveryErrors = "slave/recovery_errors";
    public const string ValidStatusUpdates = "slave/valid_status_updates";
    public const string InvalidStatusUpdates = "slave/invalid_status_updates";
    public const string ValidFrameworkMessages = "slave/valid_framework_messages";
    public const string InvalidFrameworkMessages = "slave/invalid_framework_messages";

    private static readonly string[] Names =
    [
        ContainerLaunchErrors, ExecutorsTerminated, RecoveryErrors, ValidStatusUpdates, InvalidStatusUpdates, ValidFrameworkMessages,
        InvalidFrameworkMessages, "slave/executors_preempted", "slave/tasks_finished", "slave/tasks_failed", "slave/tasks_killed",
        "slave/tasks_lost", "slave/tasks_gone",
    ];

    private readonly SortedDictionary<string, long> _values = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, long>? _view;

    public Counters()
    {
        foreach (var name in Names)
        {
            _values[name] = 0;
        }
    }

    public void Add(string name) => Set(name, _values.GetValueOrDefault(name) + 1);

    public void Set(string name, long value)
    {
        _values[name] = value;
        _view = null;
    }

    /// <summary>Counts a task's end.</summary>
    public void AddEnd(TaskState state)
    {
        var name = state switch
        {
            TaskState.TaskFinished => "slave/tasks_finished",
            TaskState.TaskFailed => "slave/tasks_failed",
            TaskState.TaskKilled => "slave/tasks_killed",
            TaskState.TaskLost => "slave/tasks_lost",
            TaskState.TaskGone => "slave/tasks_gone",
            _ => null,
        };
        if (name is not null)
        {
            Add(name);
        }
    }

    public ImmutableSortedDictionary<string, long> View() => _view ??= _values.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
