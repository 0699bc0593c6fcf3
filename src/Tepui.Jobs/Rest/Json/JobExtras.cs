using System.Text.Json;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Views;

namespace Tepui.Jobs.Rest.Json;

/// <summary>What answers about jobs hold beyond Chronos, for clients that ask for it.</summary>
internal sealed class JobExtras
{
    private readonly JobsOptions _options;
    private readonly DateTimeOffset _now;
    private readonly HashSet<JobName> _names;
    private readonly Dictionary<JobName, DateTimeOffset> _waitingSince;

    /// <summary>Of the jobs of a view.</summary>
    public JobExtras(JobsView view, JobsOptions options, DateTimeOffset now)
    {
        _options = options;
        _now = now;
        _names = [.. view.Jobs.Select(job => job.Job.Name)];
        _waitingSince = view.OpenRuns.Where(IsWaiting).GroupBy(run => run.Id.Job).ToDictionary(runs => runs.Key, runs => runs.Min(run => run.Cause.FirstDue));
    }

    /// <summary>Writes the member <c>extras</c> of a job of the view.</summary>
    public void Write(Utf8JsonWriter json, JobSummary job)
    {
        var missing = job.Job.Spec.Parents.Where(parent => !_names.Contains(parent)).Order().ToList();
        var since = _waitingSince.TryGetValue(job.Job.Name, out var due) ? due : (DateTimeOffset?)null;
        Write(json, job, missing, IsOverdue(job.Job, since, _options, _now));
    }

    /// <summary>Writes the member <c>extras</c> of one job.</summary>
    public static void Write(Utf8JsonWriter json, JobDetail detail, JobsOptions options, DateTimeOffset now)
    {
        var waiting = detail.Runs.Where(IsWaiting).Select(run => (DateTimeOffset?)run.Cause.FirstDue).Min();
        Write(json, detail.Summary, detail.MissingParents, IsOverdue(detail.Summary.Job, waiting, options, now));
    }

    private static bool IsWaiting(Run run) => run.State is RunState.Waiting && run.Attempts.Count == 0 && run.Cause.Kind is RunCauseKind.Schedule;

    private static bool IsOverdue(Job job, DateTimeOffset? waitingSince, JobsOptions options, DateTimeOffset now)
    {
        var due = waitingSince ?? (job.Spec.Disabled ? null : job.Progress.NextDue);
        return due is { } time && now - time > job.Spec.EpsilonOr(options.TaskEpsilon);
    }

    private static void Write(Utf8JsonWriter json, JobSummary job, IReadOnlyList<JobName> missing, bool isOverdue)
    {
        var progress = job.Job.Progress;
        json.WriteStartObject("extras"u8);
        json.WriteTextOrNull("nextRun"u8, job.Job.Spec is { Disabled: false, Schedule: { } schedule } && progress.NextDue is { } due ? TimeJson.InZone(schedule.Times.ToZone(due)) : null);
        json.WriteString("state"u8, SummaryJson.State(job));
        json.WriteNumber("running"u8, job.Running);
        json.WriteNumber("queued"u8, job.Queued);
        json.WriteNumber("skippedCount"u8, progress.SkippedCount);
        json.WriteNumber("lateCount"u8, progress.LateCount);
        json.WriteBoolean("overdue"u8, isOverdue);
        json.WriteStartArray("missingParents"u8);
        foreach (var parent in missing)
        {
            json.WriteStringValue(parent.Value);
        }

        json.WriteEndArray();
        json.WriteStartObject("edges"u8);
        foreach (var edge in progress.Edges)
        {
            json.WriteNumber(edge.Parent.Value, edge.Count);
        }

        json.WriteEndObject();
        json.WritePropertyName("lastRun"u8);
        if (job.LastRun is { } run)
        {
            RunJson.Write(json, run, framework: null);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }
}
