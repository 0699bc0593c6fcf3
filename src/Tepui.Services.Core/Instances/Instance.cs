using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>One instance of an app or pod, from the wish to have it to its end. Never changed; changes replace it in the <see cref="InstanceTable"/>.</summary>
public sealed record Instance
{
    /// <summary>Which.</summary>
    public required InstanceId Id { get; init; }

    /// <summary>Of which app or pod.</summary>
    public required PathId Spec { get; init; }

    /// <summary>Version of the spec it runs (or shall run).</summary>
    public required DateTimeOffset SpecVersion { get; init; }

    /// <summary>The <see cref="RunSpec.LastConfigChangeAt"/> of that version: instances with the spec's present one are up to date.</summary>
    public required DateTimeOffset ConfigVersion { get; init; }

    /// <summary>Role it uses.</summary>
    public required string Role { get; init; }

    /// <summary>What shall become of it.</summary>
    public Goal Goal { get; init; }

    /// <summary>What it does.</summary>
    public Condition Condition { get; init; }

    /// <summary>When it entered its condition.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it first ran, if it has.</summary>
    public DateTimeOffset? ActiveSince { get; init; }

    /// <summary>How often it was launched; part of its task ids.</summary>
    public int Launches { get; init; }

    /// <summary>Where it was launched.</summary>
    public Host? Host { get; init; }

    /// <summary>Resources of <see cref="Host"/> are reserved for it, or were asked to be.</summary>
    public bool IsReserved { get; init; }

    /// <summary>Persistence ids of its volumes, as in <c>prod_db#data#UUID</c>; none where nothing is reserved.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Its tasks of the last launch: one for an app, one per container for a pod.</summary>
    public IReadOnlyList<InstanceTask> Tasks { get; init; } = [];

    /// <summary>Health: unset without health checks or before the first result. Unknown is not unhealthy.</summary>
    public bool? Healthy { get; init; }

    /// <summary>Passed its readiness checks (always set where there are none and it runs).</summary>
    public bool Ready { get; init; }

    /// <summary>Runs and is not to end.</summary>
    public bool IsRunning => Condition == Condition.Running && Goal == Goal.Running;

    /// <summary>Whether it takes up a place that the constraints of its spec count: it runs, is on its way, or waits on reserved resources.</summary>
    public bool HasPlace => Host is not null && (Condition.IsActive() || (Condition == Condition.Scheduled && IsReserved));

    /// <summary>Shall run: not sentenced to end, and not over.</summary>
    public bool IsWanted => Goal == Goal.Running && !Condition.IsTerminal();
}

/// <summary>One task of an instance.</summary>
public sealed record InstanceTask
{
    /// <summary>Which.</summary>
    public required TaskId Id { get; init; }

    /// <summary>Container of a pod; unset for an app.</summary>
    public string? Container { get; init; }

    /// <summary>Last state heard.</summary>
    public TaskState State { get; init; } = TaskState.TaskStaging;

    /// <summary>When it was launched.</summary>
    public required DateTimeOffset StagedAt { get; init; }

    /// <summary>When it first ran.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ports on the agent, one per port of the spec (of the container's endpoints for pods); <see langword="null"/> where a port is not mapped.</summary>
    public IReadOnlyList<int?> HostPorts { get; init; } = [];

    /// <summary>Addresses of the task, as text.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Health as the agent reports it.</summary>
    public bool? Healthy { get; init; }

    /// <summary>Result of the spec's check, if any.</summary>
    public CheckStatusInfo? Check { get; init; }

    /// <summary>Message of the last status, kept for tasks that ended badly.</summary>
    public string? Message { get; init; }
}
