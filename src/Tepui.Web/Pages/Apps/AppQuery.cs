using Microsoft.AspNetCore.Http;
using Tepui.Web.Layout;
using Tepui.Web.Services;

namespace Tepui.Web.Pages.Apps;

/// <summary>Which apps to list, and how. Lives in the page's address.</summary>
public sealed record AppQuery
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 100;

    /// <summary>The kinds of health to choose from.</summary>
    public static IReadOnlyList<string> Healths { get; } = ["healthy", "unhealthy", "unknown"];

    /// <summary>The columns to sort by.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["name", "cpu", "memory", "status", "instances"];

    /// <summary>The group shown; <c>/</c> for all.</summary>
    public string Group { get; init; } = "/";

    /// <summary>Must occur in the id.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only these; all when empty.</summary>
    public IReadOnlyList<AppStatus> Statuses { get; init; } = [];

    /// <summary>Only with instances of this health; all when empty.</summary>
    public IReadOnlyList<string> Health { get; init; } = [];

    /// <summary>Only with one of these labels, <c>key</c> or <c>key:value</c>; all when empty.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>One of <see cref="Columns"/>.</summary>
    public string Sort { get; init; } = "name";

    /// <summary>Largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Pages to skip.</summary>
    public int Skip { get; init; }

    /// <summary>Whether anything is searched or filtered: then apps are listed flat, without their groups.</summary>
    public bool IsFiltered => Text.Length > 0 || Statuses.Count + Health.Count + Labels.Count > 0;

    /// <summary>Reads it from an address. What makes no sense counts as not given.</summary>
    public static AppQuery From(string group, IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sort = query["sort"].ToString();
        return new AppQuery
        {
            Group = group,
            Text = query["q"].ToString().Trim(),
            Statuses = [.. AppStatuses.All.Where(status => query["status"].Contains(Name(status)))],
            Health = [.. Healths.Where(health => query["health"].Contains(health))],
            Labels = [.. query["label"].OfType<string>().Where(label => label.Length > 0).Distinct(StringComparer.Ordinal)],
            Sort = Columns.Contains(sort) ? sort : "name",
            Descending = query["order"] == "down",
            Skip = int.TryParse(query["skip"], out var skip) && skip is > 0 and < 10_000 ? skip : 0,
        };
    }

    /// <summary>A status as the address holds it.</summary>
    public static string Name(AppStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The address of this list.</summary>
    public string ToLink() => Links.With(Links.App(Group), [.. Parameters()]);

    /// <summary>The parameters of the address.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters()
    {
        yield return ("q", Text);
        foreach (var status in Statuses)
        {
            yield return ("status", Name(status));
        }

        foreach (var health in Health)
        {
            yield return ("health", health);
        }

        foreach (var label in Labels)
        {
            yield return ("label", label);
        }

        yield return ("sort", Sort == "name" ? null : Sort);
        yield return ("order", Descending ? "down" : null);
        yield return ("skip", Skip == 0 ? null : $"{Skip}");
    }

    /// <summary>This with a status added, or taken away when it is there.</summary>
    public AppQuery Toggle(AppStatus status) => this with { Skip = 0, Statuses = Toggled(Statuses, status) };

    /// <summary>This with a kind of health added, or taken away.</summary>
    public AppQuery ToggleHealth(string health) => this with { Skip = 0, Health = Toggled(Health, health) };

    /// <summary>This with a label added, or taken away.</summary>
    public AppQuery ToggleLabel(string label) => this with { Skip = 0, Labels = Toggled(Labels, label) };

    /// <summary>This sorted by a column; a second time turns the order.</summary>
    public AppQuery SortBy(string column) => this with { Skip = 0, Sort = column, Descending = Sort == column && !Descending };

    /// <summary>Whether an app at or below the group is to be listed.</summary>
    public bool Matches(AppSummary app, AppStatus status)
    {
        ArgumentNullException.ThrowIfNull(app);
        return ServicesSnapshot.IsAtOrBelow(app.Id, Group)
            && app.Id.Contains(Text, StringComparison.OrdinalIgnoreCase)
            && (Statuses.Count == 0 || Statuses.Contains(status))
            && (Health.Count == 0 || Health.Any(health => Has(HealthBar.Of(app), health)))
            && (Labels.Count == 0 || Labels.Any(label => Has(app, label)));
    }

    private static bool Has(HealthBar bar, string health) => health switch
    {
        "healthy" => bar.Healthy > 0,
        "unhealthy" => bar.Unhealthy > 0,
        _ => bar.Unknown > 0,
    };

    private static bool Has(AppSummary app, string label)
    {
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? app.Labels.ContainsKey(label)
            : app.Labels.Any(own => own.Key.Length == colon && label.StartsWith(own.Key, StringComparison.Ordinal) && label.AsSpan(colon + 1).SequenceEqual(own.Value));
    }

    private static List<T> Toggled<T>(IReadOnlyList<T> chosen, T one) => chosen.Contains(one) ? [.. chosen.Where(other => !Equals(other, one))] : [.. chosen, one];
}
