using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Jobs;

/// <summary>One launch of a run: a task.</summary>
public sealed record JobAttempt
{
    /// <summary>From 0.</summary>
    public int Number { get; init; }

    /// <summary>The task.</summary>
    public string TaskId { get; init; } = "";

    /// <summary>Id of its agent; empty when not told.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>Its agent, as it calls itself.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its state, as in <c>TASK_RUNNING</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>When its launch was decided.</summary>
    public DateTimeOffset? LaunchedAt { get; init; }

    /// <summary>When it first ran.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last message of it; empty for none.</summary>
    public string Message { get; init; } = "";

    /// <summary>Address of the agent that has its files; empty when not told.</summary>
    public string SandboxAgent { get; init; } = "";

    /// <summary>Its sandbox, as that agent's files API names it; empty when not told.</summary>
    public string SandboxPath { get; init; } = "";

    /// <summary>Reads one.</summary>
    public static JobAttempt From(JsonElement attempt) => new()
    {
        Number = attempt.Int("attempt"),
        TaskId = attempt.Text("taskId") ?? "",
        AgentId = attempt.Text("agentId") ?? "",
        Host = attempt.Text("host") ?? "",
        State = attempt.Text("state") ?? "",
        LaunchedAt = attempt.Moment("launchedAt"),
        StartedAt = attempt.Moment("startedAt"),
        EndedAt = attempt.Moment("endedAt"),
        Message = attempt.Text("message") ?? "",
        SandboxAgent = attempt.Object("sandbox")?.Text("agent") ?? "",
        SandboxPath = attempt.Object("sandbox")?.Text("path") ?? "",
    };
}

/// <summary>One run of a job, from its cause to its end.</summary>
public sealed record JobRun
{
    /// <summary>Its job.</summary>
    public required string Job { get; init; }

    /// <summary>Its number within the job, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>What it does, as in <c>waiting</c>, <c>running</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Why there is one: <c>schedule</c>, <c>parents</c>, <c>manual</c> or <c>backfill</c>.</summary>
    public string Cause { get; init; } = "";

    /// <summary>How many occurrences, or triggers, it stands for.</summary>
    public int Covers { get; init; } = 1;

    /// <summary>The runs of parents that triggered it.</summary>
    public IReadOnlyList<(string Job, long Run)> Parents { get; init; } = [];

    /// <summary>Due time of the first occurrence it stands for.</summary>
    public DateTimeOffset? FirstDue { get; init; }

    /// <summary>Due time of the newest occurrence it stands for.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When it was written down.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its first task that ran began to.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it ran; null when it did not.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>How long after its due time it started; null when it did not start, or had no due time.</summary>
    public double? LateSeconds { get; init; }

    /// <summary>Number of the present attempt.</summary>
    public int Attempt { get; init; }

    /// <summary>Arguments in place of the job's; null: the job's.</summary>
    public string? Arguments { get; init; }

    /// <summary>How it ended, or what it waits for; empty for nothing to tell.</summary>
    public string Message { get; init; } = "";

    /// <summary>Its launches, oldest first.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get; init; } = [];

    /// <summary>Whether it is over.</summary>
    public bool IsOver => State is "succeeded" or "failed" or "killed" or "lost" or "skipped";

    /// <summary>Whether a task of it may live.</summary>
    public bool IsActive => State is "launching" or "staging" or "running" or "unreachable" or "completing";

    /// <summary>How to colour it: <c>good</c>, <c>bad</c>, <c>busy</c> or <c>muted</c>.</summary>
    public string Tone => State switch
    {
        "succeeded" => "good",
        "failed" or "lost" => "bad",
        "killed" or "skipped" or "waiting" => "muted",
        _ => "busy",
    };

    /// <summary>Reads one; of a run told inside its job, the job may be left out.</summary>
    public static JobRun From(JsonElement run, string job = "")
    {
        var cause = run.Object("cause") ?? default;
        return new JobRun
        {
            Job = run.Text("job") ?? job,
            Number = (long)Math.Clamp(run.Number("run"), 0, long.MaxValue / 2),
            State = (run.Text("state") ?? "").ToLowerInvariant(),
            Cause = (cause.Text("kind") ?? "").ToLowerInvariant(),
            Covers = cause.Int("covers", 1),
            Parents = [.. cause.List("parents").Select(parent => (parent.Text("job") ?? "", (long)Math.Clamp(parent.Number("run"), 0, long.MaxValue / 2)))],
            FirstDue = cause.Moment("firstDue"),
            Due = run.Moment("due") ?? cause.Moment("due"),
            CreatedAt = run.Moment("createdAt"),
            StartedAt = run.Moment("startedAt"),
            EndedAt = run.Moment("endedAt"),
            DurationSeconds = Seconds(run, "durationSeconds"),
            LateSeconds = Seconds(run, "lateSeconds"),
            Attempt = run.Int("attempt"),
            Arguments = run.Text("arguments"),
            Message = run.Text("message") is { Length: > 0 } message ? message : run.Text("reason") ?? "",
            Attempts = [.. run.List("attempts").Select(JobAttempt.From)],
        };
    }

    /// <summary>How long it ran, or has run by now; null when it never did.</summary>
    public TimeSpan? DurationAt(DateTimeOffset now) =>
        DurationSeconds is { } seconds and >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds)
        : StartedAt is { } started ? Positive((EndedAt ?? now) - started)
        : null;

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static double? Seconds(JsonElement run, string name) => run.Member(name) is null ? null : run.Number(name);
}
