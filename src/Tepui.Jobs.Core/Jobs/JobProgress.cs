using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>What a parent has done since a job was triggered last.</summary>
/// <param name="Parent">Which.</param>
/// <param name="Count">Its ends that count.</param>
/// <param name="Run">Number of the run that was counted last.</param>
public readonly record struct EdgeCount(JobName Parent, long Count, long Run);

/// <summary>A range of earlier times that is run again.</summary>
/// <param name="Next">The next of them.</param>
/// <param name="To">Up to and with.</param>
public sealed record Backfill(DateTimeOffset Next, DateTimeOffset To);

/// <summary>What became of a job. Never changed; changes replace it.</summary>
public sealed record JobProgress
{
    /// <summary>Of a job that never did anything.</summary>
    public static JobProgress None { get; } = new();

    /// <summary>The next time of the schedule that no run stands for; <see langword="null"/>: none.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>The newest time of the schedule that a run stands for or that was skipped; no time up to it is run again by itself.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>How many runs of the schedule are still wanted; <see langword="null"/>: for ever.</summary>
    public long? Remaining { get; init; }

    /// <summary>Number of the last run; 0 before the first.</summary>
    public long LastRun { get; init; }

    /// <summary>Milliseconds in the id of the last task: none is used twice.</summary>
    public long LastTaskMs { get; init; }

    /// <summary>Runs that succeeded.</summary>
    public long SuccessCount { get; init; }

    /// <summary>Runs that failed for good.</summary>
    public long ErrorCount { get; init; }

    /// <summary>Of these, since the last success.</summary>
    public long ErrorsSinceLastSuccess { get; init; }

    /// <summary>When a run succeeded last.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When a run failed last.</summary>
    public DateTimeOffset? LastError { get; init; }

    /// <summary>Occurrences that were never launched.</summary>
    public long SkippedCount { get; init; }

    /// <summary>Due time of the last of them.</summary>
    public DateTimeOffset? LastSkipped { get; init; }

    /// <summary>Runs that started late.</summary>
    public long LateCount { get; init; }

    /// <summary>One per parent that has done something since the last trigger, sorted by parent.</summary>
    public IReadOnlyList<EdgeCount> Edges { get; init; } = [];

    /// <summary>What is still to be run again.</summary>
    public Backfill? Backfill { get; init; }
}
