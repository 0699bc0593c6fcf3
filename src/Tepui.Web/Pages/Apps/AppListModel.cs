using Tepui.Web.Services;

namespace Tepui.Web.Pages.Apps;

/// <summary>A value to filter by.</summary>
/// <param name="Name">As shown.</param>
/// <param name="Count">How many apps below the group have it.</param>
/// <param name="Chosen">Whether it is chosen now.</param>
/// <param name="Link">Where choosing it, or giving it up, leads.</param>
public sealed record FilterChoice(string Name, int Count, bool Chosen, string Link);

/// <summary>What the list of apps shows: the groups and apps of one group, or all apps below it that match.</summary>
public sealed record AppListModel
{
    /// <summary>What was asked for.</summary>
    public required AppQuery Query { get; init; }

    /// <summary>The groups from the root to the one shown, each with its id.</summary>
    public required IReadOnlyList<(string Name, string Id)> Crumbs { get; init; }

    /// <summary>The rows of this page.</summary>
    public required IReadOnlyList<AppRow> Rows { get; init; }

    /// <summary>How many rows there are on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>How many apps lie below the group.</summary>
    public required int AppCount { get; init; }

    /// <summary>Statuses to choose.</summary>
    public required IReadOnlyList<FilterChoice> Statuses { get; init; }

    /// <summary>Kinds of health to choose.</summary>
    public required IReadOnlyList<FilterChoice> Healths { get; init; }

    /// <summary>Labels to choose: the most used first.</summary>
    public required IReadOnlyList<FilterChoice> Labels { get; init; }

    /// <summary>Builds it.</summary>
    public static AppListModel Build(ServicesSnapshot services, AppQuery query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(query);
        var apps = services.Below(query.Group).Select(app => (App: app, Row: AppRow.Of(app, services.Queue.GetValueOrDefault(app.Id), query.Group, now))).ToList();
        var rows = query.IsFiltered
            ? apps.Where(app => query.Matches(app.App, app.Row.Status!.Value)).Select(app => app.Row).ToList()
            : Children(services, query.Group, [.. apps.Select(app => app.Row)]);
        var sorted = Sorted(rows, query);
        return new AppListModel
        {
            Query = query,
            Crumbs = CrumbsOf(query.Group),
            Rows = [.. sorted.Skip(query.Skip * AppQuery.PageSize).Take(AppQuery.PageSize)],
            Total = rows.Count,
            AppCount = apps.Count,
            Statuses = [.. AppStatuses.All.Select(status => new FilterChoice(status.ToString(), apps.Count(app => app.Row.Status == status), query.Statuses.Contains(status), query.Toggle(status).ToLink()))],
            Healths = [.. AppQuery.Healths.Select(health => new FilterChoice(char.ToUpperInvariant(health[0]) + health[1..], apps.Count(app => new AppQuery { Health = [health] }.Matches(app.App, app.Row.Status!.Value)), query.Health.Contains(health), query.ToggleHealth(health).ToLink()))],
            Labels = LabelsOf(apps.Select(app => app.App), query),
        };
    }

    /// <summary>The groups from the root to <paramref name="id"/>.</summary>
    public static IReadOnlyList<(string Name, string Id)> CrumbsOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var crumbs = new List<(string, string)> { ("Applications", "/") };
        var path = "";
        foreach (var part in id.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path += "/" + part;
            crumbs.Add((part, path));
        }

        return crumbs;
    }

    private static List<AppRow> Children(ServicesSnapshot services, string group, IReadOnlyList<AppRow> apps)
    {
        var direct = services.Groups.Where(id => id != "/" && AppSummary.GroupOf(id) == group);
        return
        [
            .. direct.Select(id => AppRow.OfGroup(id, group, [.. apps.Where(app => ServicesSnapshot.IsAtOrBelow(app.Id, id))])),
            .. apps.Where(app => AppSummary.GroupOf(app.Id) == group),
        ];
    }

    private static IEnumerable<AppRow> Sorted(List<AppRow> rows, AppQuery query)
    {
        Func<AppRow, IComparable> key = query.Sort switch
        {
            "cpu" => row => row.Cpus,
            "memory" => row => row.MemoryBytes,
            "status" => row => (int?)row.Status ?? -1,
            "instances" => row => row.Instances,
            _ => row => row.Kind == RowKind.Group ? 0 : 1,
        };
        var byName = query.Sort == "name";
        var ordered = query.Descending && !byName ? rows.OrderByDescending(key) : rows.OrderBy(key);
        return query.Descending && byName ? ordered.ThenByDescending(row => row.Name, StringComparer.Ordinal) : ordered.ThenBy(row => row.Name, StringComparer.Ordinal);
    }

    private static List<FilterChoice> LabelsOf(IEnumerable<AppSummary> apps, AppQuery query)
    {
        const int max = 200;
        var used = apps.SelectMany(app => app.Labels)
            .GroupBy(label => label.Value.Length == 0 ? label.Key : $"{label.Key}:{label.Value}", StringComparer.Ordinal)
            .OrderByDescending(label => label.Count()).ThenBy(label => label.Key, StringComparer.Ordinal)
            .Take(max)
            .Select(label => (Name: label.Key, Count: label.Count()))
            .ToList();
        var unused = query.Labels.Where(label => used.All(known => known.Name != label)).Select(label => (Name: label, Count: 0));
        return [.. used.Concat(unused).Select(label => new FilterChoice(label.Name, label.Count, query.Labels.Contains(label.Name), query.ToggleLabel(label.Name).ToLink()))];
    }
}
