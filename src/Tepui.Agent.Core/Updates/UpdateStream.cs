using Google.Protobuf;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Updates;

/// <summary>The status updates of one task on their way to the framework: one at a time, in order, until each is acknowledged.</summary>
internal sealed class UpdateStream(FrameworkRecord framework, TaskId id, TaskRecord? task, long number)
{
    private HashSet<ByteString>? _seen;

    public FrameworkRecord Framework { get; } = framework;

    public TaskId Id { get; } = id;

    /// <summary>Unset for a task that never came to anything here, or that is not known here.</summary>
    public TaskRecord? Task { get; } = task;

    /// <summary>Rises in the order streams were made.</summary>
    public long Number { get; } = number;

    /// <summary>Not yet acknowledged, oldest first; only the first is out.</summary>
    public Queue<(ulong Number, TaskStatus Status)> Pending { get; } = new();

    /// <summary>Number of the next update.</summary>
    public ulong Next { get; set; }

    /// <summary>The newest one, when it is acknowledged and still checkpointed because it tells the task's state.</summary>
    public ulong? Kept { get; set; }

    /// <summary>The state the task has reached.</summary>
    public TaskState Latest { get; set; } = TaskState.TaskStaging;

    /// <summary>When the oldest is sent again.</summary>
    public Alarm<Turn>? Retry { get; set; }

    /// <summary>Time until it is sent again.</summary>
    public TimeSpan Wait { get; set; }

    public TaskStatus? Oldest => Pending.Count > 0 ? Pending.Peek().Status : null;

    /// <summary>Notes the uuid of an update of a framework's executor; <see langword="false"/> when it came before.</summary>
    public bool See(ByteString uuid) => (_seen ??= []).Add(uuid);
}
