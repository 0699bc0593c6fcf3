using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.Jobs;

/// <summary>One row of the list of jobs, and the head of a job's page.</summary>
public sealed record JobRow
{
    /// <summary>The job.</summary>
    public required JobSummary Job { get; init; }

    /// <summary>When it runs next, in a few words.</summary>
    public required string Next { get; init; }

    /// <summary>The same in full, with the schedule.</summary>
    public required string NextTitle { get; init; }

    /// <summary>Whether its time has come and gone.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>Its last runs, newest first.</summary>
    public IReadOnlyList<JobRun> Runs { get; init; } = [];

    /// <summary>Whether others depend on it.</summary>
    public bool HasChildren { get; init; }

    /// <summary>The row of a job.</summary>
    public static JobRow Of(JobSummary job, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobRow { Job = job, IsOverdue = job.IsOverdue(now), Next = NextOf(job, now), NextTitle = TitleOf(job) };
    }

    /// <summary>How to colour how the last run ended.</summary>
    public static string StatusTone(string status) => status switch
    {
        "success" => "good",
        "failure" => "bad",
        _ => "muted",
    };

    /// <summary>How to colour what a job does.</summary>
    public static string StateTone(string state) => state switch
    {
        "running" => "busy",
        "queued" => "c2",
        _ => "muted",
    };

    private static string NextOf(JobSummary job, DateTimeOffset now) => job switch
    {
        { Disabled: true } => "disabled",
        { IsDependent: true } => job.Parents.Count == 1 ? $"after {job.Parents[0]}" : $"after {job.Parents.Count} parents",
        { NextRun: null } => job.Schedule.Length == 0 ? "–" : "no more",
        { NextRun: { } next } => next <= now ? Show.Ago(now - next) : Show.In(next - now),
    };

    private static string TitleOf(JobSummary job)
    {
        var schedule = job.IsDependent ? $"after {string.Join(", ", job.Parents)}" : job.Schedule.Length == 0 ? "no schedule" : job.Zone.Length > 0 ? $"{job.Schedule} in {job.Zone}" : job.Schedule;
        return job.NextRun is { } next && !job.IsDependent ? $"{Show.MomentInZone(next)}\n{schedule}" : schedule;
    }
}
