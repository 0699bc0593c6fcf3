using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Running;

/// <summary>One of the tasks of a run.</summary>
internal sealed class RunInstance(TaskId id)
{
    /// <summary>Its task id.</summary>
    public TaskId Id { get; } = id;

    /// <summary>Last known state; <see langword="null"/> while it waits for an offer.</summary>
    public TaskState? State { get; set; }

    /// <summary>Where it was launched last.</summary>
    public AgentId Agent { get; set; }

    /// <summary>What the last update said.</summary>
    public string? Message { get; set; }

    /// <summary>Reason of the last update, as the wire names it.</summary>
    public string? Reason { get; set; }

    /// <summary>When it first ran.</summary>
    public DateTimeOffset? Started { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>Not launched before this time, after a launch that came to nothing.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Launches that came to nothing before the task ever started.</summary>
    public int Retries { get; set; }
}
