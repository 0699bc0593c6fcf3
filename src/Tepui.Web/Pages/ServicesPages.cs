using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Feeds;
using Tepui.Web.Layout;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Apps;
using Tepui.Web.Pages.Deployments;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.Edit;
using Tepui.Web.Rest;
using Tepui.Web.Services;

namespace Tepui.Web.Pages;

/// <summary>Finds the pages of the services and gathers what they show.</summary>
public sealed class ServicesPages(ServicesFeed feed, ServicesClient client, TimeProvider time)
{
    /// <summary>Whether the page below <see cref="Links.Root"/> whose first part this is belongs to the services.</summary>
    public static bool Owns(string first) => first is "apps" or "deployments" or "edit" or "create";

    /// <summary>Whether an address is that of a page of the services.</summary>
    public static bool OwnsAddress(string address) => Owns(Links.FirstPart(address));

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
            return new PageContent("No services", parts[0], typeof(NoServicesPage), "") { Status = StatusCodes.Status404NotFound };
        }

        var id = "/" + string.Join('/', parts.Skip(1));
        var page = parts[0] switch
        {
            "deployments" => new PageContent("Deployments", "deployments", typeof(DeploymentsPage), DeploymentsModel.Build(feed.Current)),
            "create" => EditPageOf(EditModel.New(id, query["mode"] == "json")),
            _ => await OfAppAsync(parts[0] == "edit", id, query, cancel),
        };
        return page with { Source = PageSource.Services, Dialog = DialogBuilder.Build(feed.Current, DialogQuery.From(query), address, refused), Status = refused?.Status ?? page.Status };
    }

    /// <summary>The page of an edit.</summary>
    public static PageContent EditPageOf(EditModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PageContent(model.Title, "apps", typeof(EditPage), model) { Source = PageSource.Services, Status = model.Status };
    }

    private async Task<PageContent> OfAppAsync(bool edit, string id, IQueryCollection query, CancellationToken cancel)
    {
        try
        {
            return feed.Current.Apps.TryGetValue(id, out var app) ? edit ? await EditAsync(app, query, cancel) : await AppAsync(app, query, cancel)
                : feed.Current.Groups.Contains(id) && !edit ? new PageContent(id == "/" ? "Applications" : id, "apps", typeof(AppsPage), AppListModel.Build(feed.Current, AppQuery.From(id, query), time.GetUtcNow()))
                : Missing($"There is no app, pod or group {id}.", StatusCodes.Status404NotFound);
        }
        catch (RestUnavailableException e)
        {
            return Missing(e.Message, StatusCodes.Status502BadGateway);
        }
    }

    private static PageContent Missing(string what, int status) => new("Not found", "apps", typeof(NotFoundPage), what) { Status = status };

    private async Task<PageContent> AppAsync(AppSummary app, IQueryCollection query, CancellationToken cancel)
    {
        var path = app.IsPod ? ServicesClient.PathOf("v2/pods", app.Id, "::status") : ServicesClient.PathOf("v2/apps", app.Id, "?embed=app.taskStats");
        if (await feed.FindAsync(path, cancel) is not { } answer)
        {
            return Missing($"{app.Id} is gone.", StatusCodes.Status404NotFound);
        }

        var document = app.IsPod ? answer : answer.Object("app") ?? answer;
        var instances = app.IsPod
            ? document.List("instances").Select(instance => InstanceRow.FromPod(instance, feed.Current.FrameworkId)).ToList()
            : document.List("tasks").Select(task => InstanceRow.FromTask(task, feed.Current.FrameworkId)).ToList();
        var configuration = app.IsPod ? document.Object("spec") ?? default : document;
        var hasVolumes = HasVolumes(configuration) || instances.Any(instance => instance.Volumes.Count > 0);
        IReadOnlyList<AppTab> tabs = [AppTab.Instances, AppTab.Configuration, AppTab.Debug, .. hasVolumes ? [AppTab.Volumes] : Array.Empty<AppTab>()];
        var tab = AppPageModel.TabOf(query["tab"]);
        var model = new AppPageModel
        {
            Row = AppRow.Of(app, feed.Current.Queue.GetValueOrDefault(app.Id), app.Group, time.GetUtcNow()),
            Tab = tabs.Contains(tab) ? tab : AppTab.Instances,
            Tabs = tabs,
            Warnings = [.. new[] { app.CrashLoop is { } loop ? $"It crash-loops. {loop}" : null, app.KillBudget is { } budget ? $"Replacing unhealthy instances is held back. {budget}" : null }.OfType<string>()],
            Deployments = app.Deployments,
        };
        return new PageContent(app.Id, "apps", typeof(AppPage), model.Tab switch
        {
            AppTab.Configuration => model with { Configuration = await ConfigurationAsync(app, configuration, query, cancel) },
            AppTab.Debug => model with { Debug = DebugModel.Build(app.Id, document, await feed.FindAsync(ServicesClient.PathOf("v2/explain", app.Id), cancel), feed.Current) },
            AppTab.Volumes => model with { Volumes = [.. instances.Where(instance => instance.Volumes.Count > 0)] },
            _ => model with { Instances = InstancesModel.Build(app.Id, document.Object("versionInfo")?.Text("lastConfigChangeAt") ?? "", instances, query) },
        });
    }

    private static bool HasVolumes(JsonElement configuration) =>
        (configuration.Object("container") ?? configuration).List("volumes").Any(volume => volume.Object("persistent") is not null);

    private async Task<ConfigurationModel> ConfigurationAsync(AppSummary app, JsonElement current, IQueryCollection query, CancellationToken cancel)
    {
        var versions = await VersionsAsync(app, cancel);
        var newest = versions.Count > 0 ? versions[0] : current.Text("version") ?? "";
        var shown = Chosen(query["show"].ToString(), versions, newest);
        var before = versions.SkipWhile(version => version != shown).Skip(1).FirstOrDefault("");
        var against = Chosen(query["against"].ToString(), versions, shown == newest ? before : newest);
        var shownDocument = shown == newest ? current : await VersionAsync(app, shown, cancel);
        (string, JsonElement)? other = against.Length == 0 || against == shown ? null : (against, against == newest ? current : await VersionAsync(app, against, cancel));
        return ConfigurationModel.Build(app.Id, app.IsPod, versions, (shown, shownDocument), other);
    }

    private static string Chosen(string asked, IReadOnlyList<string> versions, string otherwise) => versions.Contains(asked) ? asked : otherwise;

    private async Task<IReadOnlyList<string>> VersionsAsync(AppSummary app, CancellationToken cancel)
    {
        var answer = await feed.FindAsync(app.IsPod ? ServicesClient.PathOf("v2/pods", app.Id, "::versions") : ServicesClient.PathOf("v2/apps", app.Id, "/versions"), cancel) ?? default;
        var versions = answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray() : answer.List("versions");
        return [.. versions.Select(version => version.Text()).OrderDescending(StringComparer.Ordinal)];
    }

    private async Task<JsonElement> VersionAsync(AppSummary app, string version, CancellationToken cancel)
    {
        var path = ServicesClient.PathOf(app.IsPod ? "v2/pods" : "v2/apps", app.Id, $"{(app.IsPod ? "::versions/" : "/versions/")}{Uri.EscapeDataString(version)}");
        return await feed.FindAsync(path, cancel) ?? throw new RestUnavailableException($"There is no version {version} of {app.Id} any more.");
    }

    private async Task<PageContent> EditAsync(AppSummary app, IQueryCollection query, CancellationToken cancel)
    {
        var answer = await feed.FindAsync(ServicesClient.PathOf(app.IsPod ? "v2/pods" : "v2/apps", app.Id), cancel) ?? throw new RestUnavailableException($"{app.Id} is gone.");
        var current = answer.Object("app") ?? answer;
        var version = query["show"].ToString();
        var document = version.Length == 0 ? current : await VersionAsync(app, version, cancel);
        return EditPageOf(EditModel.Of(app.Id, document, current.Text("version") ?? "", query["mode"] == "json"));
    }
}
