using Tepui.Web.Layout;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>The instances of an app, one page of them.</summary>
public sealed record InstancesModel
{
    /// <summary>Instances on one page.</summary>
    public const int PageSize = 100;

    /// <summary>The app.</summary>
    public required string App { get; init; }

    /// <summary>Must occur in the id or host.</summary>
    public string Text { get; init; } = "";

    /// <summary><c>healthy</c>, <c>unhealthy</c>, or empty for all.</summary>
    public string Health { get; init; } = "";

    /// <summary>Pages to skip.</summary>
    public int Skip { get; init; }

    /// <summary>The instances of this page.</summary>
    public required IReadOnlyList<InstanceRow> Rows { get; init; }

    /// <summary>How many match, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>The one whose output is shown, if any.</summary>
    public InstanceFiles? Output { get; init; }

    /// <summary>The file shown.</summary>
    public string File { get; init; } = "stdout";

    /// <summary>Latest version of the app, to tell instances that are behind.</summary>
    public string Version { get; init; } = "";

    /// <summary>Picks those that match; those that do not run well come first, then the youngest.</summary>
    public static InstancesModel Build(string app, string version, IEnumerable<InstanceRow> instances, Microsoft.AspNetCore.Http.IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var text = query["q"].ToString().Trim();
        var health = query["health"].ToString() is "healthy" or "unhealthy" ? query["health"].ToString() : "";
        var skip = int.TryParse(query["skip"], out var pages) && pages is > 0 and < 10_000 ? pages : 0;
        var all = instances.ToList();
        var matching = all
            .Where(row => (health.Length == 0 || row.Health == health) && (row.Id.Contains(text, StringComparison.OrdinalIgnoreCase) || row.Host.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(row => row.Health == "unhealthy" || row.Tone == "bad" ? 0 : row.Tone == "busy" ? 1 : 2)
            .ThenByDescending(row => row.Since).ThenBy(row => row.Id, StringComparer.Ordinal)
            .ToList();
        return new InstancesModel
        {
            App = app,
            Text = text,
            Health = health,
            Skip = skip,
            Rows = [.. matching.Skip(skip * PageSize).Take(PageSize)],
            Total = matching.Count,
            Output = all.SelectMany(row => row.Files).FirstOrDefault(files => files.Task.Task == query["output"]),
            File = query["file"] == "stderr" ? "stderr" : "stdout",
            Version = version,
        };
    }

    /// <summary>The address of this list, changed in some parameters.</summary>
    public string Link(string? health = null, int skip = 0, string? output = null, string? file = null) => Links.With(
        Links.App(App),
        ("q", Text),
        ("health", health ?? Health),
        ("skip", skip == 0 ? null : $"{skip}"),
        ("output", output ?? Output?.Task.Task),
        ("file", (file ?? File) == "stdout" ? null : "stderr"));

    /// <summary>The address without output.</summary>
    public string WithoutOutput() => (this with { Output = null, File = "stdout" }).Link(skip: Skip);
}
