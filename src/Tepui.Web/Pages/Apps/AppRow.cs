using Tepui.Web.Services;

namespace Tepui.Web.Pages.Apps;

/// <summary>What a row of the list stands for.</summary>
public enum RowKind
{
    /// <summary>A group: its figures are those of all below it.</summary>
    Group,

    /// <summary>An app.</summary>
    App,

    /// <summary>A pod.</summary>
    Pod,
}

/// <summary>One row of the list of apps.</summary>
public sealed record AppRow
{
    /// <summary>What it stands for.</summary>
    public required RowKind Kind { get; init; }

    /// <summary>The full id.</summary>
    public required string Id { get; init; }

    /// <summary>What to call it: relative to the group shown.</summary>
    public required string Name { get; init; }

    /// <summary>Cores of all wanted instances.</summary>
    public double Cpus { get; init; }

    /// <summary>Memory of all wanted instances, bytes.</summary>
    public double MemoryBytes { get; init; }

    /// <summary>What it is doing; null for a group without apps.</summary>
    public AppStatus? Status { get; init; }

    /// <summary>Beside the status, as in the time left of a delay; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Instances that run.</summary>
    public int Running { get; init; }

    /// <summary>Instances wanted.</summary>
    public int Instances { get; init; }

    /// <summary>Instances by health.</summary>
    public HealthBar Health { get; init; } = HealthBar.Empty;

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>How to colour the status: a crash loop is bad even while its instances run.</summary>
    public string Tone { get; init; } = "muted";

    /// <summary>Whether a delay can be reset.</summary>
    public bool IsDelayed => Status == AppStatus.Delayed;

    /// <summary>The row of an app.</summary>
    public static AppRow Of(AppSummary app, QueueEntry? queue, string group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(app);
        var status = AppStatuses.Of(app, queue, now);
        return new AppRow
        {
            Kind = app.IsPod ? RowKind.Pod : RowKind.App,
            Id = app.Id,
            Name = Relative(app.Id, group),
            Cpus = app.Cpus * app.Instances,
            MemoryBytes = app.MemoryBytes * app.Instances,
            Status = status,
            Tone = app.CrashLoop is null ? AppStatuses.Tone(status) : "bad",
            Note = NoteOf(app, queue, status),
            Running = app.Running,
            Instances = app.Instances,
            Health = HealthBar.Of(app),
            Labels = app.Labels,
        };
    }

    /// <summary>The row of a group, from the rows of all apps below it.</summary>
    public static AppRow OfGroup(string id, string group, IReadOnlyCollection<AppRow> apps)
    {
        ArgumentNullException.ThrowIfNull(apps);
        return new AppRow
        {
            Kind = RowKind.Group,
            Id = id,
            Name = Relative(id, group),
            Cpus = apps.Sum(app => app.Cpus),
            MemoryBytes = apps.Sum(app => app.MemoryBytes),
            Status = apps.Count == 0 ? null : apps.Max(app => app.Status),
            Tone = apps.Count == 0 ? "muted" : apps.Any(app => app.Tone == "bad") ? "bad" : AppStatuses.Tone(apps.Max(app => app.Status)!.Value),
            Note = Words.Apps(apps.Count, apps.Count(app => app.Kind == RowKind.Pod)),
            Running = apps.Sum(app => app.Running),
            Instances = apps.Sum(app => app.Instances),
            Health = apps.Aggregate(HealthBar.Empty, (sum, app) => sum + app.Health),
        };
    }

    private static string Relative(string id, string group) => id[(group == "/" ? 1 : group.Length + 1)..];

    private static string NoteOf(AppSummary app, QueueEntry? queue, AppStatus status) => status switch
    {
        AppStatus.Delayed => $"{Show.Span(queue!.TimeLeft)} left",
        AppStatus.Waiting => $"{Show.Count(queue!.Count)} without a place",
        _ when app.CrashLoop is not null => "crash loop",
        _ when app.KillBudget is not null => "kills held back",
        _ => "",
    };
}
