using Tepui.Agent.Core.Checks;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Groups;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Protocol.V1;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Agent.Core.Tasks;

/// <summary>How far the agent is with a task.</summary>
internal enum TaskPhase
{
    /// <summary>Not yet with its executor, or its process not yet started.</summary>
    Queued,

    /// <summary>With its executor, or running.</summary>
    Launched,

    /// <summary>Ended.</summary>
    Ended,
}

/// <summary>What the agent knows of one task.</summary>
internal sealed class TaskRecord(TaskInfo info, ExecutorRecord executor, long number, DateTimeOffset launched)
{
    private WireTask? _wire;

    public TaskInfo Info { get; } = info;

    public TaskId Id { get; } = TaskId.From(info.TaskId);

    public ExecutorRecord Executor { get; } = executor;

    /// <summary>Rises in the order of launches.</summary>
    public long Number { get; } = number;

    /// <summary>When the launch came in.</summary>
    public DateTimeOffset Launched { get; } = launched;

    /// <summary>The tasks it was launched with, if it was launched in a group.</summary>
    public GroupRecord? Group { get; set; }

    /// <summary>Its own container; unset under a framework's own executor.</summary>
    public ContainerId Container { get; set; }

    public TaskPhase Phase { get; set; }

    /// <summary>The state it has reached; its updates may lag behind.</summary>
    public TaskState State { get; private set; } = TaskState.TaskStaging;

    /// <summary>Its statuses, oldest first; of equal ones in a row only the newest.</summary>
    public List<TaskStatus> Statuses { get; } = [];

    public UpdateStream? Updates { get; set; }

    /// <summary>Set once it is being killed.</summary>
    public KillRecord? Kill { get; set; }

    /// <summary>Its check and health check, if it has any.</summary>
    public TaskChecks? Checks { get; } = executor.Kind == ExecutorKind.Custom ? null : TaskChecks.For(info);

    /// <summary>Longest it may run, if limited.</summary>
    public Alarm<Turn>? Completion { get; set; }

    public bool HasEnded => Phase == TaskPhase.Ended;

    /// <summary>Takes a status as the newest.</summary>
    public void Apply(TaskStatus status)
    {
        State = status.State;
        if (Statuses.Count > 0 && Statuses[^1].State == status.State)
        {
            Statuses[^1] = status;
        }
        else
        {
            Statuses.Add(status);
        }

        Changed();
    }

    /// <summary>What was shown of it is out of date.</summary>
    public void Changed()
    {
        _wire = null;
        Executor.Changed();
    }

    /// <summary>As readers and masters see it. The same object until it changes.</summary>
    public WireTask ToWire() => _wire ??= TaskWire.From(this);
}
