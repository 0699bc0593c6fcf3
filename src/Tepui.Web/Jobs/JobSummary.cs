using System.Globalization;
using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Jobs;

/// <summary>A job, as lists and graphs show it.</summary>
public sealed record JobSummary
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How its last run ended: <c>success</c>, <c>failure</c>, or <c>fresh</c> when none has.</summary>
    public string Status { get; init; } = "fresh";

    /// <summary>Its schedule as written: ISO 8601, or cron; empty when it has none.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>Zone of the schedule; empty for UTC.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Jobs that trigger it.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>Those of them that do not exist.</summary>
    public IReadOnlyList<string> MissingParents { get; init; } = [];

    /// <summary>What each parent has done since it was triggered last.</summary>
    public IReadOnlyDictionary<string, int> Edges { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether it does not run.</summary>
    public bool Disabled { get; init; }

    /// <summary>When it is due next, with the offset of its zone; null when it has no time to come.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>Whether the scheduler says that it is overdue.</summary>
    public bool SaidOverdue { get; init; }

    /// <summary>Runs with a task that may live.</summary>
    public int Running { get; init; }

    /// <summary>Runs that wait.</summary>
    public int Queued { get; init; }

    /// <summary>Occurrences that were never launched.</summary>
    public int Skipped { get; init; }

    /// <summary>Runs that started late.</summary>
    public int Late { get; init; }

    /// <summary>What it does: <c>running</c>, <c>queued</c> or <c>idle</c>.</summary>
    public string State => Running > 0 ? "running" : Queued > 0 ? "queued" : "idle";

    /// <summary>The state in words, as in <c>2 running, 1 queued</c>.</summary>
    public string StateText => (Running, Queued) switch
    {
        (0, 0) => "idle",
        (0, 1) => "queued",
        (0, var waiting) => $"{Show.Count(waiting)} queued",
        (var active, 0) => $"{Show.Count(active)} running",
        var (active, waiting) => $"{Show.Count(active)} running, {Show.Count(waiting)} queued",
    };

    /// <summary>Whether parents trigger it.</summary>
    public bool IsDependent => Parents.Count > 0;

    /// <summary>Whether its time has come and gone without a run that stands for it.</summary>
    public bool IsOverdue(DateTimeOffset now) => !Disabled && (SaidOverdue || NextRun < now - Grace);

    // The scheduler takes a moment to write the run down.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Reads an item of <c>/jobs/summary?extras=true</c>, or a whole job.</summary>
    public static JobSummary From(JsonElement job)
    {
        var extras = job.Object("extras") ?? default;
        var state = job.Text("state") ?? extras.Text("state") ?? "";
        var running = state.EndsWith(" running", StringComparison.Ordinal) && int.TryParse(state.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        return new JobSummary
        {
            Name = job.Text("name") ?? "",
            Status = job.Text("status") ?? StatusOf(job),
            Schedule = job.Text("cron") is { Length: > 0 } cron ? cron : job.Text("schedule") ?? "",
            Zone = job.Text("scheduleTimeZone") ?? "",
            Parents = [.. job.List("parents").Select(parent => parent.Text())],
            MissingParents = [.. extras.List("missingParents").Select(parent => parent.Text())],
            Edges = extras.Members("edges").DistinctBy(edge => edge.Name).ToDictionary(edge => edge.Name, edge => extras.Object("edges")!.Value.Int(edge.Name), StringComparer.Ordinal),
            Disabled = job.Flag("disabled"),
            NextRun = extras.Moment("nextRun"),
            SaidOverdue = extras.Flag("overdue"),
            Running = extras.Int("running", running),
            Queued = extras.Int("queued", state == "queued" ? 1 : 0),
            Skipped = extras.Int("skippedCount"),
            Late = extras.Int("lateCount"),
        };
    }

    // Whole jobs tell times instead of a status.
    private static string StatusOf(JsonElement job) => (job.Moment("lastSuccess"), job.Moment("lastError")) switch
    {
        (null, null) => "fresh",
        (null, _) => "failure",
        (_, null) => "success",
        var (success, error) => success >= error ? "success" : "failure",
    };
}
