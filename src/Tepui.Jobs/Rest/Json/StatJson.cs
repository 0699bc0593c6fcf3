using System.Globalization;
using System.Text.Json;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Views;
using Tepui.Protocol.V1;
using Tepui.Runtime.Http;

namespace Tepui.Jobs.Rest.Json;

/// <summary>How long the runs of a job took, and its last tasks, in the forms of Chronos.</summary>
internal static class StatJson
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="detail">The job.</param>
    /// <param name="times">Of its runs, in seconds; written in milliseconds.</param>
    /// <param name="most">Most tasks told.</param>
    public static void Write(Utf8JsonWriter json, JobDetail detail, RunStatistics times, int most)
    {
        json.WriteStartObject();
        json.WriteStartObject("histogram"u8);
        foreach (var (name, select) in RunStatistics.Names)
        {
            json.WriteDouble(name, Math.Round(select(times) * 1000, 3));
        }

        json.WriteNumber("count"u8, times.Count);
        json.WriteEndObject();
        json.WriteStartArray("taskStatHistory"u8);
        var tasks = detail.Runs
            .SelectMany(run => run.Attempts.Select(attempt => (Run: run, Attempt: attempt)))
            .Where(task => task.Attempt.StartedAt is not null || task.Attempt.EndedAt is not null)
            .OrderByDescending(task => task.Attempt.StartedAt ?? task.Attempt.LaunchedAt)
            .Take(most);
        foreach (var (run, attempt) in tasks)
        {
            Write(json, run, attempt, detail.Summary.Job.Spec.DataProcessing && attempt == run.Last);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A span in days, hours, minutes and seconds, the latter always: <c>1h0s</c>, <c>2m5s</c>.</summary>
    public static string Duration(TimeSpan span)
    {
        var hours = (long)span.TotalHours;
        return string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours}h" : "")}{(span.Minutes > 0 ? $"{span.Minutes}m" : "")}{span.Seconds}s");
    }

    private static void Write(Utf8JsonWriter json, Run run, Attempt attempt, bool hasElements)
    {
        json.WriteStartObject();
        json.WriteString("taskId"u8, attempt.Task.Value);
        json.WriteString("jobName"u8, run.Id.Job.Value);
        json.WriteString("slaveId"u8, attempt.Agent.Value);
        json.WriteString("startTime"u8, Time(attempt.StartedAt));
        json.WriteString("endTime"u8, Time(attempt.EndedAt));
        if (attempt is { StartedAt: { } started, EndedAt: { } ended })
        {
            json.WriteString("duration"u8, Duration(ended > started ? ended - started : TimeSpan.Zero));
        }

        json.WriteString("status"u8, attempt.EndedAt is null ? "Running" : attempt.State is TaskState.TaskFinished ? "Success" : "Fail");
        if (hasElements)
        {
            json.WriteNumber("numElementsProcessed"u8, run.Elements);
        }

        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("MM/dd/yy HH:mm:ss", CultureInfo.InvariantCulture) ?? "N/A";
}
