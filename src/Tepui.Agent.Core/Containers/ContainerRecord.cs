using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Tasks;
using Tepui.Model.Identifiers;

namespace Tepui.Agent.Core.Containers;

/// <summary>A container that starts, runs or is being ended: an executor's own, a command task's, or one of a task group.</summary>
internal sealed class ContainerRecord(ContainerId id, ExecutorRecord executor, TaskRecord? task, string directory)
{
    public ContainerId Id { get; } = id;

    public ExecutorRecord Executor { get; } = executor;

    /// <summary>The task it runs; unset for a framework's own executor.</summary>
    public TaskRecord? Task { get; } = task;

    /// <summary>Sandbox, relative to the work directory.</summary>
    public string Directory { get; } = directory;

    /// <summary>First process, once started.</summary>
    public int? Pid { get; set; }

    public bool IsRunning => Pid is not null;

    /// <summary>When its grace ends, if it is being ended.</summary>
    public DateTimeOffset? KillBy { get; set; }
}
