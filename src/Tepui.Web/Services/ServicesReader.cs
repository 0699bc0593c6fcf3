using System.Text.Json;
using Tepui.Web.Feeds;
using Tepui.Web.Rest;

namespace Tepui.Web.Services;

/// <summary>Brings a snapshot up to date with what the services say now.</summary>
/// <param name="client">Where to read.</param>
internal sealed class ServicesReader(ServicesClient client)
{
    /// <summary>Reads what is due.</summary>
    /// <exception cref="RestUnavailableException">The services do not answer as they should.</exception>
    public async Task<ServicesSnapshot> ReadAsync(ServicesSnapshot known, Due due, CancellationToken cancel)
    {
        var next = known;
        if (due.Aside)
        {
            next = next with { Deployments = await DeploymentsAsync(cancel) };
        }

        next = due.Everything || due.Names.Any(id => !known.Apps.TryGetValue(id, out var app) || app.IsPod)
            ? await EverythingAsync(next, cancel)
            : await SomeAsync(next, due.Names, cancel);
        next = next with { Queue = await QueueAsync(cancel) };
        return next.FrameworkId is null ? next with { FrameworkId = (await client.FindAsync("v2/info", cancel))?.Text("frameworkId") } : next;
    }

    private async Task<ServicesSnapshot> EverythingAsync(ServicesSnapshot known, CancellationToken cancel)
    {
        var apps = new Dictionary<string, AppSummary>(StringComparer.Ordinal);
        foreach (var app in (await client.FindAsync("v2/apps", cancel) ?? default).List("apps").Select(AppSummary.FromApp))
        {
            apps[app.Id] = app;
        }

        foreach (var pod in await PodsAsync(known, cancel))
        {
            apps[pod.Id] = pod;
        }

        var groups = new List<string>();
        Gather(await client.FindAsync("v2/groups?embed=group.groups", cancel) ?? default, groups);
        return known.With(apps, groups) with { IsLoaded = true };
    }

    // The filter is a part of the id, so siblings may come along; they are as fresh. Instances are not in lists, so that stays small.
    private async Task<ServicesSnapshot> SomeAsync(ServicesSnapshot known, IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return known;
        }

        var apps = new Dictionary<string, AppSummary>(known.Apps, StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var found = (await client.FindAsync($"v2/apps?id={Uri.EscapeDataString(id)}", cancel) ?? default).List("apps").Select(AppSummary.FromApp).ToList();
            if (found.All(app => app.Id != id))
            {
                apps.Remove(id);
            }

            foreach (var app in found)
            {
                apps[app.Id] = app;
            }
        }

        return known.With(apps, known.Groups);
    }

    private async Task<IEnumerable<AppSummary>> PodsAsync(ServicesSnapshot known, CancellationToken cancel)
    {
        var statuses = await client.FindAsync("v2/pods/::status", cancel);
        return statuses is not { ValueKind: JsonValueKind.Array } list
            ? []
            : list.EnumerateArray().Select(status => AppSummary.FromPod(status, [.. known.Running.Where(deployment => deployment.Affected.Contains(status.Text("id"))).Select(deployment => deployment.Id)]));
    }

    private async Task<IReadOnlyList<Deployment>> DeploymentsAsync(CancellationToken cancel)
    {
        var list = await client.FindAsync("v2/deployments?finished=true", cancel);
        var all = list is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray().Select(Deployment.From).ToList() : [];
        return
        [
            .. all.Where(deployment => deployment.IsRunning).OrderBy(deployment => deployment.Started).ThenBy(deployment => deployment.Id, StringComparer.Ordinal),
            .. all.Where(deployment => !deployment.IsRunning).OrderByDescending(deployment => deployment.Finished).ThenBy(deployment => deployment.Id, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyDictionary<string, QueueEntry>> QueueAsync(CancellationToken cancel)
    {
        var queue = new Dictionary<string, QueueEntry>(StringComparer.Ordinal);
        foreach (var item in (await client.FindAsync("v2/queue", cancel) ?? default).List("queue").Select(QueueEntry.From))
        {
            queue[item.App] = item;
        }

        return queue;
    }

    private static void Gather(JsonElement group, List<string> groups)
    {
        if (group.Text("id") is { } id)
        {
            groups.Add(id);
        }

        foreach (var child in group.List("groups"))
        {
            Gather(child, groups);
        }
    }
}
