using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.Jobs;

/// <summary>A figure above the list, which chooses what it counts.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Count">How many jobs.</param>
/// <param name="Tone">How to colour it when it is not zero.</param>
/// <param name="Chosen">Whether only these are listed.</param>
/// <param name="Link">Where choosing it, or giving it up, leads.</param>
public sealed record JobCounter(string Name, int Count, string Tone, bool Chosen, string Link);

/// <summary>What the list of jobs shows.</summary>
public sealed record JobListModel
{
    /// <summary>What was asked for.</summary>
    public required JobQuery Query { get; init; }

    /// <summary>The rows of this page.</summary>
    public required IReadOnlyList<JobRow> Rows { get; init; }

    /// <summary>How many rows there are on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>How many jobs there are.</summary>
    public required int All { get; init; }

    /// <summary>By how last runs ended, and by what jobs do.</summary>
    public required IReadOnlyList<JobCounter> Counters { get; init; }

    /// <summary>By what deserves a look; those that count nothing are left out.</summary>
    public required IReadOnlyList<JobCounter> Marks { get; init; }

    /// <summary>Whether the jobs have been read at all.</summary>
    public bool Loaded { get; init; }

    /// <summary>Where the scheduler answers, for commands to copy.</summary>
    public string Address { get; init; } = "";

    /// <summary>Builds it; the last runs are filled in later, for the rows that are shown.</summary>
    public static JobListModel Build(JobsSnapshot jobs, JobQuery query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(query);
        var found = query.Text.Length == 0 ? jobs.Jobs.All : [.. jobs.Jobs.All.Where(job => job.Name.Contains(query.Text, StringComparison.OrdinalIgnoreCase))];
        var chosen = query.IsFiltered ? found.Where(job => query.Chooses(job, now)).ToList() : found;
        var pages = Math.Max(1, (chosen.Count + JobQuery.PageSize - 1) / JobQuery.PageSize);
        var shown = query with { Skip = Math.Min(query.Skip, pages - 1) };
        return new JobListModel
        {
            Query = shown,
            Rows = [.. Sorted(chosen, query).Skip(shown.Skip * JobQuery.PageSize).Take(JobQuery.PageSize).Select(job => JobRow.Of(job, now) with { HasChildren = jobs.Jobs.ChildrenOf(job.Name).Count > 0 })],
            Loaded = jobs.IsLoaded,
            Total = chosen.Count,
            All = jobs.Jobs.All.Count,
            Counters =
            [
                .. JobQuery.Statuses.Select(status => new JobCounter(status, found.Count(job => job.Status == status), JobRow.StatusTone(status), query.Status == status, query.ToggleStatus(status).ToLink())),
                .. JobQuery.States.Select(state => new JobCounter(state, found.Count(job => job.State == state), JobRow.StateTone(state), query.State == state, query.ToggleState(state).ToLink())),
            ],
            Marks =
            [
                .. JobQuery.Marks.Select(mark => new JobCounter(mark, found.Count(job => JobQuery.Has(job, mark, now)), mark == "disabled" ? "muted" : "bad", query.Only == mark, query.ToggleOnly(mark).ToLink()))
                    .Where(mark => mark.Count > 0 || mark.Chosen),
            ],
        };
    }

    private static IEnumerable<JobSummary> Sorted(IReadOnlyList<JobSummary> jobs, JobQuery query)
    {
        if (query.Sort == "name")
        {
            return query.Descending ? jobs.Reverse() : jobs;
        }

        // The list is by name already, and sorting keeps that where the keys are the same.
        Func<JobSummary, IComparable> key = query.Sort switch
        {
            "next" => job => job.Disabled ? DateTimeOffset.MaxValue : job.NextRun ?? DateTimeOffset.MaxValue,
            "status" => job => job.Status switch { "failure" => 0, "success" => 1, _ => 2 },
            _ => job => job.State switch { "running" => 0, "queued" => 1, _ => 2 },
        };
        return query.Descending ? jobs.OrderByDescending(key) : jobs.OrderBy(key);
    }
}
