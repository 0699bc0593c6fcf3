using System.Globalization;
using System.Text.Json;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Views;

namespace Tepui.Jobs.Rest.Json;

/// <summary>A job in short.</summary>
internal static class SummaryJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, JobSummary job, JobExtras? extras)
    {
        var spec = job.Job.Spec;
        json.WriteStartObject();
        json.WriteString("name"u8, spec.Name.Value);
        json.WriteString("status"u8, Status(job.Job.Progress));
        json.WriteString("state"u8, State(job));
        json.WriteString("schedule"u8, JobDocuments.ScheduleText(job.Job));
        json.WriteStartArray("parents"u8);
        foreach (var parent in spec.Parents)
        {
            json.WriteStringValue(parent.Value);
        }

        json.WriteEndArray();
        json.WriteBoolean("disabled"u8, spec.Disabled);
        extras?.Write(json, job);
        json.WriteEndObject();
    }

    /// <summary>How its last run that is over ended: <c>success</c>, <c>failure</c>, or <c>fresh</c> when there is none.</summary>
    public static string Status(JobProgress progress) => (progress.LastSuccess, progress.LastError) switch
    {
        (null, null) => "fresh",
        (null, _) => "failure",
        (_, null) => "success",
        var (success, error) => success > error ? "success" : "failure",
    };

    /// <summary><c>idle</c>, <c>queued</c> or <c>N running</c>.</summary>
    public static string State(JobSummary job) =>
        job.Running > 0 ? string.Create(CultureInfo.InvariantCulture, $"{job.Running} running") : job.Queued > 0 ? "queued" : "idle";
}
