using System.Text.Json;
using Tepui.Web.Feeds;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages.Jobs;

namespace Tepui.Web.Pages.JobDetail;

/// <summary>A job beside the one shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Job">The job; null when it does not exist.</param>
/// <param name="Count">What the parent of the two has done since the child was triggered last.</param>
public sealed record JobNeighbour(string Name, JobSummary? Job, int Count);

/// <summary>Output of an attempt, followed while it grows.</summary>
/// <param name="Run">Number of the run.</param>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="File">The file shown.</param>
public sealed record RunOutput(long Run, int Attempt, string File);

/// <summary>What the page of one job shows.</summary>
public sealed record JobPageModel
{
    /// <summary>Runs on one page of the table.</summary>
    public const int PageSize = 25;

    /// <summary>The job in short.</summary>
    public required JobRow Row { get; init; }

    /// <summary>Figures: name, value, and whether it is bad news.</summary>
    public required IReadOnlyList<(string Name, string Value, bool IsBad)> Figures { get; init; }

    /// <summary>What it is.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>Its definition as JSON.</summary>
    public required string Json { get; init; }

    /// <summary>The next times of its schedule.</summary>
    public required IReadOnlyList<DateTimeOffset> Next { get; init; }

    /// <summary>Why it waits, sentence by sentence; empty when it waits for nothing but its time.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Its last runs, for the chart.</summary>
    public required RunChart Chart { get; init; }

    /// <summary>The runs of this page, newest first.</summary>
    public required IReadOnlyList<JobRun> Runs { get; init; }

    /// <summary>Pages of runs to skip.</summary>
    public int Skip { get; init; }

    /// <summary>Jobs that trigger it.</summary>
    public required IReadOnlyList<JobNeighbour> Parents { get; init; }

    /// <summary>Jobs that it triggers.</summary>
    public required IReadOnlyList<JobNeighbour> Children { get; init; }

    /// <summary>The output that is shown; null for none.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>How many runs were wanted again just now; null when none were.</summary>
    public int? Backfilled { get; init; }

    /// <summary>Whether there may be older runs than those of this page.</summary>
    public bool HasMore => Runs.Count == PageSize;

    /// <summary>The address of this page, with another part of the runs or another output.</summary>
    public string Link(int skip = 0, RunOutput? output = null) => Links.With(
        Links.Job(Row.Job.Name),
        ("skip", skip == 0 ? null : $"{skip}"),
        ("output", output is null ? null : $"{output.Run}.{output.Attempt}"),
        ("file", output is null or { File: "stdout" } ? null : output.File));

    /// <summary>Where a file of the shown output is read from.</summary>
    public string OutputLink(string endpoint, RunOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Links.With(endpoint, ("job", Row.Job.Name), ("run", $"{output.Run}"), ("attempt", $"{output.Attempt}"), ("file", output.File));
    }

    /// <summary>The figures of a job.</summary>
    public static IReadOnlyList<(string Name, string Value, bool IsBad)> FiguresOf(JsonElement job, JobSummary summary, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var since = job.Int("errorsSinceLastSuccess");
        return
        [
            ("succeeded", Show.Count(job.Int("successCount")), false),
            ("failed", Show.Count(job.Int("errorCount")), false),
            ("failed since the last success", Show.Count(since), since > 0),
            ("last success", Show.Ago(job.Moment("lastSuccess"), now), false),
            ("last failure", Show.Ago(job.Moment("lastError"), now), false),
            .. summary.Late > 0 ? [("started late", Show.Count(summary.Late), false)] : Array.Empty<(string, string, bool)>(),
            .. summary.Skipped > 0 ? [("skipped", Show.Count(summary.Skipped), true)] : Array.Empty<(string, string, bool)>(),
        ];
    }

    /// <summary>Why it waits, with the agent that came nearest. The time of its next run alone stands elsewhere on the page.</summary>
    public static IReadOnlyList<string> ReasonsOf(JsonElement explanation, JobRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row is { IsOverdue: false, Job: { Queued: 0, Disabled: false, IsDependent: false } } && explanation.List("reasons").Count() <= 1)
        {
            return [];
        }

        var reasons = explanation.List("reasons").Select(reason => reason.Text()).ToList();
        if (explanation.Object("nearestMiss") is { } miss)
        {
            var missing = miss.List("missing").Select(part => Shortage(part)).ToList();
            var what = missing.Count > 0 ? string.Join(", ", missing) : miss.Text("constraint") is { } constraint ? $"the constraint {constraint} does not hold" : "";
            reasons.Add($"The agent that comes nearest is {miss.Text("hostname") ?? miss.Text("host") ?? miss.Text("agent")}{(what.Length > 0 ? $": {what}" : "")}.");
        }

        return reasons;
    }

    private static string Shortage(JsonElement part)
    {
        var resource = part.Text("resource") ?? "";
        Func<string, string> amount = resource is "mem" or "disk" ? name => Show.Bytes(part.Number(name) * 1024 * 1024) : name => Show.Number(part.Number(name));
        return $"it offers {amount("offered")} of {(resource == "mem" ? "memory" : resource)}, {amount("wanted")} is wanted";
    }
}
