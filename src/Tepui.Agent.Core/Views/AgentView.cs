using System.Collections.Immutable;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Views;

/// <summary>All a reader may know of an agent, at one moment. Immutable, as is everything reachable from it; wire messages in it must not be changed.</summary>
public sealed record AgentView
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Taken { get; init; }

    /// <summary>Counts every step that changed something.</summary>
    public required long Version { get; init; }

    /// <summary>As registered; the id is unset before.</summary>
    public required AgentInfo Info { get; init; }

    /// <summary>Whether the link is open and a master has admitted this agent over it.</summary>
    public required bool Registered { get; init; }

    /// <summary>Whether executors may still be reconnecting after a restart; reads answer 503 meanwhile.</summary>
    public required bool Recovering { get; init; }

    /// <summary>The master it is registered with, if any.</summary>
    public MasterInfo? Master { get; init; }

    /// <summary>All it has.</summary>
    public required ResourceSet Total { get; init; }

    /// <summary>Taken by tasks and executors.</summary>
    public required ResourceSet Allocated { get; init; }

    /// <summary>Frameworks with something here, by id.</summary>
    public required ImmutableArray<FrameworkView> Frameworks { get; init; }

    /// <summary>Frameworks that had something here, oldest first.</summary>
    public required ImmutableArray<FrameworkView> CompletedFrameworks { get; init; }

    /// <summary>Counters since the start of this process, by metric name as in <c>slave/tasks_finished</c>.</summary>
    public required ImmutableSortedDictionary<string, long> Counters { get; init; }
}

/// <summary>One framework on this agent.</summary>
public sealed record FrameworkView(FrameworkInfo Info, ImmutableArray<ExecutorView> Executors, ImmutableArray<ExecutorView> CompletedExecutors);

/// <summary>One executor on this agent; every command task has one of its own.</summary>
public sealed record ExecutorView
{
    /// <summary>Its info; for a command task as section 14 of the semantics describes it.</summary>
    public required ExecutorInfo Info { get; init; }

    /// <summary>Whether it stands for a command task.</summary>
    public required bool IsCommandExecutor { get; init; }

    /// <summary>Its container.</summary>
    public required ContainerId Container { get; init; }

    /// <summary>First process, once started.</summary>
    public int? Pid { get; init; }

    /// <summary>Absolute path of its sandbox.</summary>
    public required string Directory { get; init; }

    /// <summary>One of <c>REGISTERING</c>, <c>RUNNING</c>, <c>TERMINATING</c>, <c>TERMINATED</c>.</summary>
    public required string State { get; init; }

    /// <summary>Taken by it and its tasks.</summary>
    public required ResourceSet Resources { get; init; }

    /// <summary>Not yet delivered to it.</summary>
    public required ImmutableArray<TaskInfo> QueuedTasks { get; init; }

    /// <summary>Delivered, not ended.</summary>
    public required ImmutableArray<Protocol.V1.Task> LaunchedTasks { get; init; }

    /// <summary>Ended, updates not all acknowledged.</summary>
    public required ImmutableArray<Protocol.V1.Task> TerminatedTasks { get; init; }

    /// <summary>Ended and acknowledged, oldest first.</summary>
    public required ImmutableArray<Protocol.V1.Task> CompletedTasks { get; init; }

    /// <summary>Containers nested in this one, by task: own sandboxes and processes of a task group under the built-in executor.</summary>
    public required ImmutableArray<NestedContainerView> Nested { get; init; }
}

/// <summary>A container nested in an executor's.</summary>
public sealed record NestedContainerView(ContainerId Container, TaskId Task, int? Pid, string Directory);
