using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Health;

/// <summary>What a readiness check of one task said last.</summary>
/// <param name="Name">The check's.</param>
/// <param name="TaskId">Which task.</param>
/// <param name="Ready">It can take load.</param>
/// <param name="Status">HTTP status of the answer; unset when there was none.</param>
/// <param name="ContentType">Of the answer.</param>
/// <param name="Body">Of the answer.</param>
public sealed record ReadinessResult(string Name, string TaskId, bool Ready, int? Status, string? ContentType, string? Body);

/// <summary>What the health checks of one instance said so far.</summary>
public sealed record HealthResult
{
    /// <summary>Whose.</summary>
    public required InstanceId Instance { get; init; }

    /// <summary>The last success is newer than the last failure.</summary>
    public bool Alive { get; init; }

    /// <summary>Failures since the last success.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>First success.</summary>
    public DateTimeOffset? FirstSuccess { get; init; }

    /// <summary>Last success.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Last failure.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>What failed last.</summary>
    public string? LastFailureCause { get; init; }
}
