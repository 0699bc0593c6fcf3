using Microsoft.AspNetCore.Http;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;

namespace Tepui.Web.Pages.Jobs;

/// <summary>Which jobs to list, and how. Lives in the page's address.</summary>
public sealed record JobQuery
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 50;

    /// <summary>The columns to sort by.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["name", "next", "status", "state"];

    /// <summary>How last runs ended, to choose from.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["success", "failure", "fresh"];

    /// <summary>What jobs do, to choose from.</summary>
    public static IReadOnlyList<string> States { get; } = ["running", "queued", "idle"];

    /// <summary>Other things to choose by.</summary>
    public static IReadOnlyList<string> Marks { get; } = ["overdue", "disabled", "orphaned"];

    /// <summary>Must occur in the name.</summary>
    public string Text { get; init; } = "";

    /// <summary>One of <see cref="Statuses"/>; empty for all.</summary>
    public string Status { get; init; } = "";

    /// <summary>One of <see cref="States"/>; empty for all.</summary>
    public string State { get; init; } = "";

    /// <summary>One of <see cref="Marks"/>; empty for all.</summary>
    public string Only { get; init; } = "";

    /// <summary>One of <see cref="Columns"/>.</summary>
    public string Sort { get; init; } = "name";

    /// <summary>Largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Pages to skip.</summary>
    public int Skip { get; init; }

    /// <summary>Whether anything is searched or chosen.</summary>
    public bool IsFiltered => Text.Length + Status.Length + State.Length + Only.Length > 0;

    /// <summary>Reads it from an address. What makes no sense counts as not given.</summary>
    public static JobQuery From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new JobQuery
        {
            Text = query["q"].ToString().Trim(),
            Status = OneOf(Statuses, query["status"]),
            State = OneOf(States, query["state"]),
            Only = OneOf(Marks, query["only"]),
            Sort = OneOf(Columns, query["sort"]) is { Length: > 0 } column ? column : "name",
            Descending = query["order"] == "down",
            Skip = int.TryParse(query["skip"], out var skip) && skip is > 0 and < 1_000_000 ? skip : 0,
        };
    }

    /// <summary>The address of this list.</summary>
    public string ToLink() => Links.With(Links.Jobs, [.. Parameters()]);

    /// <summary>The parameters of the address.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters()
    {
        yield return ("q", Text);
        yield return ("status", Status);
        yield return ("state", State);
        yield return ("only", Only);
        yield return ("sort", Sort == "name" ? null : Sort);
        yield return ("order", Descending ? "down" : null);
        yield return ("skip", Skip == 0 ? null : $"{Skip}");
    }

    /// <summary>This with a status chosen, or given up when it is.</summary>
    public JobQuery ToggleStatus(string status) => this with { Skip = 0, Status = Status == status ? "" : status };

    /// <summary>This with a state chosen, or given up when it is.</summary>
    public JobQuery ToggleState(string state) => this with { Skip = 0, State = State == state ? "" : state };

    /// <summary>This with a mark chosen, or given up when it is.</summary>
    public JobQuery ToggleOnly(string mark) => this with { Skip = 0, Only = Only == mark ? "" : mark };

    /// <summary>This sorted by a column; a second time turns the order.</summary>
    public JobQuery SortBy(string column) => this with { Skip = 0, Sort = column, Descending = Sort == column && !Descending };

    /// <summary>Whether a job found by its name is to be listed.</summary>
    public bool Chooses(JobSummary job, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        return (Status.Length == 0 || job.Status == Status)
            && (State.Length == 0 || job.State == State)
            && (Only.Length == 0 || Has(job, Only, now));
    }

    /// <summary>Whether a job has one of <see cref="Marks"/>.</summary>
    public static bool Has(JobSummary job, string mark, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        return mark switch
        {
            "overdue" => job.IsOverdue(now),
            "disabled" => job.Disabled,
            _ => job.MissingParents.Count > 0,
        };
    }

    private static string OneOf(IReadOnlyList<string> known, string? asked) => known.Contains(asked) ? asked! : "";
}
