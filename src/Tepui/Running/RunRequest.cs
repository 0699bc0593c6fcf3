using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;

namespace Tepui.Running;

/// <summary>What <c>tepui run</c> was asked to do.</summary>
internal sealed record RunRequest
{
    /// <summary>Name of the framework, and first part of the tasks' ids.</summary>
    public required string Name { get; init; }

    /// <summary>How many tasks.</summary>
    public required int Instances { get; init; }

    /// <summary>What each needs.</summary>
    public required TaskDemand Demand { get; init; }

    /// <summary>What each runs.</summary>
    public required CommandInfo Command { get; init; }

    /// <summary>Role to get offers in.</summary>
    public required string Role { get; init; }

    /// <summary>User of the framework: who the tasks run as unless the command says otherwise.</summary>
    public required string User { get; init; }

    /// <summary>Longest a task may run; <see langword="null"/> for no limit.</summary>
    public TimeSpan? MaxCompletionTime { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL.</summary>
    public TimeSpan? KillGrace { get; init; }

    /// <summary>Whether and how each is checked while it runs.</summary>
    public HealthCheck? HealthCheck { get; init; }
}
