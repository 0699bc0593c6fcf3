using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Why there is a run. The numbers are in the store.</summary>
public enum RunCauseKind
{
    /// <summary>Its job's schedule.</summary>
    Schedule = 0,

    /// <summary>Runs of its job's parents.</summary>
    Parents = 1,

    /// <summary>Somebody asked for it.</summary>
    Manual = 2,

    /// <summary>An earlier time of the schedule that somebody wanted again.</summary>
    Backfill = 3,
}

/// <summary>Why there is a run.</summary>
public sealed record RunCause
{
    /// <summary>By kind.</summary>
    public required RunCauseKind Kind { get; init; }

    /// <summary>Due time of the first occurrence it stands for; of other kinds, when it was wanted.</summary>
    public required DateTimeOffset FirstDue { get; init; }

    /// <summary>Due time of the newest occurrence it stands for.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>How many occurrences, or triggers, it stands for.</summary>
    public long Covers { get; init; } = 1;

    /// <summary>The runs of parents that triggered it, the newest of each.</summary>
    public IReadOnlyList<RunId> Parents { get; init; } = [];
}

/// <summary>Why a task is to be ended. The numbers are in the store.</summary>
public enum KillWish
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>Somebody asked for it.</summary>
    Asked = 1,

    /// <summary>It ran for too long.</summary>
    TimedOut = 2,

    /// <summary>A newer run of its job takes its place.</summary>
    Replaced = 3,

    /// <summary>Its job is removed.</summary>
    Removed = 4,
}

/// <summary>One launch of a run: a task.</summary>
public sealed record Attempt
{
    /// <summary>From 0; a launch that never happened is repeated under the same number.</summary>
    public required int Number { get; init; }

    /// <summary>The task.</summary>
    public required TaskId Task { get; init; }

    /// <summary>Where.</summary>
    public required AgentId Agent { get; init; }

    /// <summary>Where, as the agent calls itself.</summary>
    public required string Hostname { get; init; }

    /// <summary>When the launch was decided.</summary>
    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>When the task first ran.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the task ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Last state heard.</summary>
    public TaskState State { get; init; } = TaskState.TaskStaging;

    /// <summary>Last message heard.</summary>
    public string? Message { get; init; }

    /// <summary>Last reason heard.</summary>
    public TaskStatus.Types.Reason? Reason { get; init; }
}

/// <summary>One run of a job, from its cause to its end. Never changed; changes replace it in the <see cref="RunTable"/>.</summary>
public sealed record Run
{
    /// <summary>Which.</summary>
    public required RunId Id { get; init; }

    /// <summary>Why.</summary>
    public required RunCause Cause { get; init; }

    /// <summary>What it does.</summary>
    public RunState State { get; init; }

    /// <summary>When it entered its state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Arguments in place of the job's; <see langword="null"/>: the job's.</summary>
    public string? Arguments { get; init; }

    /// <summary>Variables beside the job's, which they override.</summary>
    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>Key of the request that asked for it: the same request again is the same run.</summary>
    public string? RequestKey { get; init; }

    /// <summary>Number of the present attempt, or of the next while it waits.</summary>
    public int Attempt { get; init; }

    /// <summary>Launches, oldest first, the last <see cref="AttemptsMax"/>; the last one is under way while the run is active.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>Not launched before this time: a retry's wait.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Started, or not yet started, later than epsilon after its due time.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether its task is to be ended, and why.</summary>
    public KillWish Kill { get; init; }

    /// <summary>How it ended, or why it waits for its next attempt, for people.</summary>
    public string? Message { get; init; }

    /// <summary>Elements its tasks processed.</summary>
    public long Elements { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its job was removed meanwhile: nothing follows from its end.</summary>
    public bool IsOrphaned { get; init; }

    /// <summary>Most launches kept.</summary>
    public const int AttemptsMax = 10;

    /// <summary>The launch under way, or the last.</summary>
    public Attempt? Last => Attempts.Count > 0 ? Attempts[^1] : null;

    /// <summary>Whether a task of it may ever have been. Launches known not to have happened do not count.</summary>
    public bool HasLaunched => Attempt > 0 || Attempts.Any(attempt => attempt.State != TaskState.TaskDropped);

    /// <summary>Waits for the launch that would be its first.</summary>
    public bool IsFresh => State == RunState.Waiting && !HasLaunched;

    /// <summary>When its first task that ran began to.</summary>
    public DateTimeOffset? StartedAt => Attempts.FirstOrDefault(attempt => attempt.StartedAt is not null)?.StartedAt;

    /// <summary>The run with its last launch changed.</summary>
    internal Run WithLast(Attempt last) => this with { Attempts = [.. Attempts.SkipLast(1), last] };
}
