using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Feeds;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.Graph;
using Tepui.Web.Pages.JobDetail;
using Tepui.Web.Pages.JobDialogs;
using Tepui.Web.Pages.JobEdit;
using Tepui.Web.Pages.Jobs;
using Tepui.Web.Rest;

namespace Tepui.Web.Pages;

/// <summary>Finds the pages of the jobs and gathers what they show.</summary>
public sealed class JobsPages(JobsFeed feed, JobsClient client, SchedulePreviewer previewer, TimeProvider time)
{
    private const int NextShown = 5;

    // Drawings last as long as the dependencies do not change; the jobs' states are put in when they are shown.
    private readonly ConditionalWeakTable<JobStructure, ConcurrentDictionary<string, (GraphChoice Choice, GraphLayout Layout)>> _drawings = [];

    /// <summary>Whether the page below <see cref="Links.Root"/> whose first part this is belongs to the jobs.</summary>
    public static bool Owns(string first) => first is "jobs" or "graph" or "job-new" or "job-edit";

    /// <summary>The page of an edit.</summary>
    public static PageContent EditPageOf(JobEditModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PageContent(model.Title, "jobs", typeof(JobEditPage), model) { Source = PageSource.Jobs, Status = model.Status };
    }

    /// <summary>The page.</summary>
    /// <param name="parts">Parts of the path below <see cref="Links.Root"/>, unescaped.</param>
    /// <param name="query">Parameters of the address.</param>
    /// <param name="address">The address as it is.</param>
    /// <param name="refused">Why the change that its dialog sent was refused just now, if it was.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PageContent> BuildAsync(IReadOnlyList<string> parts, IQueryCollection query, string address, Refusal? refused, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(query);
        if (!client.IsConfigured)
        {
            return new PageContent("No jobs", "jobs", typeof(NoJobsPage), "") { Status = StatusCodes.Status404NotFound };
        }

        try
        {
            var page = parts switch
            {
                ["jobs"] => await ListAsync(JobQuery.From(query), cancel),
                ["jobs", var name] => await JobAsync(name, query, cancel),
                ["graph"] => Graph(query),
                ["job-new"] => await EditAsync(JobEditModel.New(query["parent"].ToString(), query["mode"] == "json"), cancel),
                ["job-edit", var name] => await EditAsync(name, query, cancel),
                _ => Missing($"There is no page {address}.", StatusCodes.Status404NotFound),
            };
            return page with { Source = PageSource.Jobs, Dialog = JobDialogBuilder.Build(feed.Current, JobDialogQuery.From(query), address, refused, time.GetUtcNow()), Status = refused?.Status ?? page.Status };
        }
        catch (RestUnavailableException e)
        {
            return Missing(e.Message, StatusCodes.Status502BadGateway);
        }
    }

    private static PageContent Missing(string what, int status) => new("Not found", "jobs", typeof(NotFoundPage), what) { Status = status, Source = PageSource.Jobs };

    private async Task<PageContent> ListAsync(JobQuery query, CancellationToken cancel)
    {
        var list = JobListModel.Build(feed.Current, query, time.GetUtcNow()) with { Address = client.Address ?? "" };
        var runs = await LastRunsAsync([.. list.Rows.Select(row => row.Job.Name)], cancel);
        return new PageContent("Jobs", "jobs", typeof(JobsPage), list with { Rows = [.. list.Rows.Select(row => row with { Runs = runs.GetValueOrDefault(row.Job.Name, []) })] });
    }

    // The list is worth showing without the bars.
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<JobRun>>> LastRunsAsync(IReadOnlyCollection<string> jobs, CancellationToken cancel)
    {
        try
        {
            return await feed.LastRunsAsync(jobs, cancel);
        }
        catch (RestUnavailableException)
        {
            return new Dictionary<string, IReadOnlyList<JobRun>>();
        }
    }

    private async Task<PageContent> JobAsync(string name, IQueryCollection query, CancellationToken cancel)
    {
        if (await feed.FindAsync(JobsClient.PathOf(name, "?extras=true"), cancel) is not { ValueKind: JsonValueKind.Object } document)
        {
            return Missing($"There is no job {name}.", StatusCodes.Status404NotFound);
        }

        var now = time.GetUtcNow();
        var jobs = feed.Current.Jobs;
        var summary = jobs.TryGet(name, out var known) ? known : JobSummary.From(document);
        summary = summary with { Zone = document.Text("scheduleTimeZone") ?? "" };
        var skip = int.TryParse(query["skip"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked < 100_000 ? asked : 0;
        var newest = await RunsAsync(name, RunChart.BarsMax, 0, cancel);
        var configuration = JobDocument.Configuration(document);
        var row = JobRow.Of(summary, now);
        return new PageContent(name, "jobs", typeof(JobPage), new JobPageModel
        {
            Row = row,
            Figures = JobPageModel.FiguresOf(document, summary, now),
            Facts = JobDocument.Facts(document),
            Json = AppDocument.Pretty(configuration),
            Next = summary.IsDependent ? [] : await NextAsync(name, cancel),
            Reasons = JobPageModel.ReasonsOf(await feed.FindAsync(JobsClient.PathOf(name, "/explain"), cancel) ?? default, row),
            Chart = RunChart.Build(newest, now),
            Runs = skip == 0 ? [.. newest.Take(JobPageModel.PageSize)] : await RunsAsync(name, JobPageModel.PageSize, skip * JobPageModel.PageSize, cancel),
            Skip = skip,
            Parents = [.. summary.Parents.Select(parent => new JobNeighbour(parent, jobs.TryGet(parent, out var found) ? found : null, summary.Edges.GetValueOrDefault(parent)))],
            Children = [.. jobs.ChildrenOf(name).Select(child => new JobNeighbour(child, jobs.TryGet(child, out var found) ? found : null, found?.Edges.GetValueOrDefault(name) ?? 0))],
            Output = OutputOf(query["output"].ToString(), query["file"].ToString()),
            Backfilled = int.TryParse(query["backfilled"], NumberStyles.None, CultureInfo.InvariantCulture, out var backfilled) ? backfilled : null,
        });
    }

    private static RunOutput? OutputOf(string output, string file) =>
        output.Split('.') is [var run, var attempt] && long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var launch)
            ? new RunOutput(number, launch, file == "stderr" ? "stderr" : "stdout")
            : null;

    private async Task<IReadOnlyList<JobRun>> RunsAsync(string job, int limit, int offset, CancellationToken cancel) =>
        await feed.FindAsync(JobsClient.PathOf(job, $"/runs?limit={limit}&offset={offset}"), cancel) is { } told ? JobsFeed.RunsOf(told, job) : [];

    private async Task<IReadOnlyList<DateTimeOffset>> NextAsync(string job, CancellationToken cancel) =>
        [.. (await feed.FindAsync(JobsClient.PathOf(job, $"/next?count={NextShown}"), cancel) ?? default).List("times").Select(at => JsonRead.Moment(at.Text())).OfType<DateTimeOffset>()];

    private PageContent Graph(IQueryCollection query)
    {
        var focus = query["job"].ToString();
        var structure = feed.Current.Jobs.Structure;
        var (choice, layout) = _drawings.GetOrCreateValue(structure).GetOrAdd(focus, _ => Draw(structure, focus));
        return new PageContent("Dependencies", "jobs", typeof(GraphPage), GraphPageModel.Build(feed.Current, focus, query["fit"] == "1", layout, choice));
    }

    private static (GraphChoice Choice, GraphLayout Layout) Draw(JobStructure structure, string focus)
    {
        var choice = focus.Length == 0 ? GraphChoice.All(structure) : GraphChoice.Around(structure, focus);
        return (choice, GraphLayout.Of(structure, choice));
    }

    private async Task<PageContent> EditAsync(string name, IQueryCollection query, CancellationToken cancel) =>
        await feed.FindAsync(JobsClient.PathOf(name), cancel) is { ValueKind: JsonValueKind.Object } document
            ? await EditAsync(JobEditModel.Of(name, document, query["mode"] == "json"), cancel)
            : Missing($"There is no job {name}.", StatusCodes.Status404NotFound);

    private async Task<PageContent> EditAsync(JobEditModel model, CancellationToken cancel) =>
        EditPageOf(model with { Preview = await previewer.OfAsync(model.Document([]), cancel) });
}
