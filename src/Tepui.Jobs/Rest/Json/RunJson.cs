using System.Text.Json;
using Tepui.Jobs.Core.Runs;
using Tepui.Runtime.Json;

namespace Tepui.Jobs.Rest.Json;

/// <summary>Runs as clients read them.</summary>
internal static class RunJson
{
    /// <summary>Names of all states.</summary>
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetValues<RunState>().Select(Word)];

    /// <summary>Which runs are meant by <c>all</c>, <c>active</c> (not over) or the name of a state; <see langword="null"/>: there is no such word.</summary>
    public static Func<Run, bool>? Filter(string state) => state switch
    {
        "all" => _ => true,
        "active" => run => !run.State.IsFinal(),
        _ => States.Contains(state, StringComparer.Ordinal) ? run => Word(run.State) == state : null,
    };

    /// <summary>Writes a run.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="run">Which.</param>
    /// <param name="framework">Our id, part of the paths of sandboxes; <see langword="null"/> leaves these out.</param>
    public static void Write(Utf8JsonWriter json, Run run, string? framework)
    {
        json.WriteStartObject();
        WriteMembers(json, run, framework);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of a run into an open object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Run run, string? framework)
    {
        json.WriteString("job"u8, run.Id.Job.Value);
        json.WriteNumber("run"u8, run.Id.Number);
        json.WriteString("state"u8, Word(run.State));
        WriteCause(json, run.Cause);
        json.WriteTime("due"u8, run.Cause.Due);
        json.WriteTime("createdAt"u8, run.CreatedAt);
        json.WriteTimeIfSet("startedAt"u8, run.StartedAt);
        json.WriteTimeIfSet("endedAt"u8, run.EndedAt);
        if (run.StartedAt is { } started)
        {
            if (run.EndedAt is { } ended)
            {
                json.WriteNumber("durationSeconds"u8, Math.Max(0, Seconds(ended - started)));
            }

            // A backfill is never late.
            if (run.Cause.Kind != RunCauseKind.Backfill)
            {
                json.WriteNumber("lateSeconds"u8, Math.Max(0, Seconds(started - run.Cause.Due)));
            }
        }

        json.WriteBoolean("late"u8, run.IsLate);
        json.WriteNumber("attempt"u8, run.Attempt);
        json.WriteIfSet("arguments"u8, run.Arguments);
        json.WriteIfSet("reason"u8, run.Last?.Reason is { } reason ? EnumName.Of(reason) : null);
        json.WriteIfSet("message"u8, run.Message);
        if (run.Elements > 0)
        {
            json.WriteNumber("elements"u8, run.Elements);
        }

        json.WriteStartArray("attempts"u8);
        foreach (var attempt in run.Attempts)
        {
            WriteAttempt(json, attempt, framework);
        }

        json.WriteEndArray();
    }

    /// <summary>A state as clients read it.</summary>
    public static string Word(RunState state) => state switch
    {
        RunState.Waiting => "waiting",
        RunState.Launching => "launching",
        RunState.Staging => "staging",
        RunState.Running => "running",
        RunState.Unreachable => "unreachable",
        RunState.Completing => "completing",
        RunState.Succeeded => "succeeded",
        RunState.Failed => "failed",
        RunState.Killed => "killed",
        RunState.Lost => "lost",
        _ => "skipped",
    };

    private static void WriteCause(Utf8JsonWriter json, RunCause cause)
    {
        json.WriteStartObject("cause"u8);
        json.WriteString("kind"u8, cause.Kind switch
        {
            RunCauseKind.Schedule => "schedule",
            RunCauseKind.Parents => "parents",
            RunCauseKind.Manual => "manual",
            _ => "backfill",
        });
        json.WriteTime("firstDue"u8, cause.FirstDue);
        json.WriteTime("due"u8, cause.Due);
        json.WriteNumber("covers"u8, cause.Covers);
        json.WriteStartArray("parents"u8);
        foreach (var parent in cause.Parents)
        {
            json.WriteStartObject();
            json.WriteString("job"u8, parent.Job.Value);
            json.WriteNumber("run"u8, parent.Number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter json, Attempt attempt, string? framework)
    {
        json.WriteStartObject();
        json.WriteNumber("attempt"u8, attempt.Number);
        json.WriteString("taskId"u8, attempt.Task.Value);
        json.WriteString("agentId"u8, attempt.Agent.Value);
        json.WriteString("host"u8, attempt.Hostname);
        json.WriteString("state"u8, EnumName.Of(attempt.State));
        json.WriteTime("launchedAt"u8, attempt.LaunchedAt);
        json.WriteTimeIfSet("startedAt"u8, attempt.StartedAt);
        json.WriteTimeIfSet("endedAt"u8, attempt.EndedAt);
        json.WriteIfSet("message"u8, attempt.Message);
        if (framework is not null)
        {
            json.WriteStartObject("sandbox"u8);
            json.WriteString("agent"u8, attempt.Agent.Value);
            json.WriteString("path"u8, $"/frameworks/{framework}/executors/{attempt.Task.Value}/runs/latest");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
