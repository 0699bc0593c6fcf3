namespace Tepui.Web.Services;

/// <summary>What the services last told. Never changes; a later one takes its place.</summary>
public sealed record ServicesSnapshot
{
    /// <summary>Nothing told yet.</summary>
    public static ServicesSnapshot Empty { get; } = new();

    /// <summary>Whether the services have been read at all.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>Id of the services' framework, needed to find the tasks' files.</summary>
    public string? FrameworkId { get; init; }

    /// <summary>Apps and pods by id.</summary>
    public IReadOnlyDictionary<string, AppSummary> Apps { get; init; } = new Dictionary<string, AppSummary>();

    /// <summary>Ids of all groups, the root included, also of those that hold nothing.</summary>
    public IReadOnlySet<string> Groups { get; init; } = new HashSet<string> { "/" };

    /// <summary>What waits to be launched, by app.</summary>
    public IReadOnlyDictionary<string, QueueEntry> Queue { get; init; } = new Dictionary<string, QueueEntry>();

    /// <summary>Deployments: those that run, oldest first, then those that ended, latest first.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    /// <summary>Deployments that run.</summary>
    public IEnumerable<Deployment> Running => Deployments.Where(deployment => deployment.IsRunning);

    /// <summary>The running deployments that own any of what lies at or below <paramref name="id"/>.</summary>
    public IReadOnlyList<Deployment> LocksOn(string id) => [.. Running.Where(deployment => deployment.Affected.Any(app => IsAtOrBelow(app, id)))];

    /// <summary>Apps and pods at or below an id, in order.</summary>
    public IReadOnlyList<AppSummary> Below(string id) =>
        [.. Apps.Values.Where(app => IsAtOrBelow(app.Id, id)).OrderBy(app => app.Id, StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="id"/> is <paramref name="root"/> or lies below it.</summary>
    public static bool IsAtOrBelow(string id, string root)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(root);
        return root == "/" || id == root || (id.StartsWith(root, StringComparison.Ordinal) && id[root.Length] == '/');
    }

    /// <summary>This with other apps; their groups count as there.</summary>
    public ServicesSnapshot With(IReadOnlyDictionary<string, AppSummary> apps, IEnumerable<string> groups)
    {
        ArgumentNullException.ThrowIfNull(apps);
        var all = new HashSet<string>(groups, StringComparer.Ordinal) { "/" };
        foreach (var app in apps.Values)
        {
            for (var group = app.Group; all.Add(group); group = AppSummary.GroupOf(group))
            {
                // Up to the root, which is there already.
            }
        }

        return this with { Apps = apps, Groups = all };
    }
}
