using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Web.Pages.Apps;
using Tepui.Web.Services;

namespace Tepui.Web.Tests;

/// <summary>The rules of the list of apps.</summary>
public sealed class AppListTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    [Theory]
    [InlineData(0, 0, false, 0, 0, 0, AppStatus.Suspended)]
    [InlineData(0, 1, false, 0, 0, 0, AppStatus.Running)]
    [InlineData(2, 2, false, 0, 0, 0, AppStatus.Running)]
    [InlineData(2, 1, true, 0, 0, 0, AppStatus.Deploying)]
    [InlineData(0, 0, true, 0, 0, 0, AppStatus.Deploying)]
    [InlineData(2, 1, true, 1, 10, 60, AppStatus.Delayed)]
    [InlineData(2, 1, false, 1, 0, 60, AppStatus.Waiting)]
    [InlineData(2, 1, true, 1, 0, 60, AppStatus.Waiting)]
    [InlineData(2, 1, true, 1, 0, 1, AppStatus.Deploying)]
    [InlineData(2, 2, false, 0, 10, 60, AppStatus.Running)]
    public void Status_OfAnApp_FollowsTheRules(int instances, int running, bool deployed, int queued, int delaySeconds, int queuedSeconds, AppStatus expected)
    {
        var app = App("/a", instances, running) with { Deployments = deployed ? ["d"] : [] };
        var queue = new QueueEntry("/a", queued, TimeSpan.FromSeconds(delaySeconds), Now.AddSeconds(-queuedSeconds));

        Assert.Equal(expected, AppStatuses.Of(app, queue, Now));
    }

    [Fact]
    public void HealthBar_OfAnApp_SharesOutWhatIsWanted()
    {
        var bar = HealthBar.Of(App("/a", instances: 10, running: 6) with { Healthy = 3, Unhealthy = 1, Staged = 2 });

        Assert.Equal(new HealthBar(Healthy: 3, Unhealthy: 1, Unknown: 2, Staged: 2, Missing: 2, Surplus: 0), bar);
        Assert.Equal("3 healthy, 1 unhealthy, 2 running, health unknown, 2 starting, 2 not started", bar.Title);
    }

    [Fact]
    public void HealthBar_OfMoreThanWanted_SaysSo() =>
        Assert.Equal("4 running, health unknown; 1 more than wanted", HealthBar.Of(App("/a", instances: 3, running: 4)).Title);

    [Fact]
    public void List_OfAGroup_ShowsItsGroupsWithSumsThenItsApps()
    {
        var list = Build(new AppQuery { Group = "/prod" }, [App("/prod/web", 2, 1), App("/prod/eu/db", 1, 1), App("/prod/eu/x/y", 3, 2), App("/other", 9, 9)], ["/prod/empty"]);

        Assert.Equal(["empty", "eu", "web"], list.Rows.Select(row => row.Name));
        var group = list.Rows[1];
        Assert.Equal((RowKind.Group, 4, 3, 2.0), (group.Kind, group.Instances, group.Running, group.Cpus));
        Assert.Equal([("Applications", "/"), ("prod", "/prod")], list.Crumbs);
        Assert.Equal(3, list.AppCount);
    }

    [Fact]
    public void List_WhenFiltered_ShowsAppsOfAllGroupsBelow()
    {
        var list = Build(new AppQuery { Text = "Y" }, [App("/prod/web", 2, 1), App("/prod/eu/x/y", 3, 2)]);

        Assert.Equal("prod/eu/x/y", Assert.Single(list.Rows).Name);
    }

    [Theory]
    [InlineData("team", "/a,/b")]
    [InlineData("team:x", "/a")]
    [InlineData("team:z", "")]
    [InlineData("url:http://h:1", "/c")]
    public void List_ByLabel_MatchesKeyOrKeyAndValue(string label, string expected)
    {
        var list = Build(
            new AppQuery { Labels = [label] },
            [
                App("/a", 1, 1) with { Labels = new Dictionary<string, string> { ["team"] = "x" } },
                App("/b", 1, 1) with { Labels = new Dictionary<string, string> { ["team"] = "y" } },
                App("/c", 1, 1) with { Labels = new Dictionary<string, string> { ["url"] = "http://h:1" } },
            ]);

        Assert.Equal(expected, string.Join(',', list.Rows.Select(row => row.Id)));
    }

    [Fact]
    public void List_ByHealth_MatchesAppsWithSuchInstances()
    {
        AppSummary[] apps = [App("/ok", 1, 1) with { Healthy = 1 }, App("/ill", 2, 2) with { Healthy = 1, Unhealthy = 1 }, App("/plain", 1, 1)];

        Assert.Equal(["/ill", "/ok"], Build(new AppQuery { Health = ["healthy"] }, apps).Rows.Select(row => row.Id));
        Assert.Equal(["/ill"], Build(new AppQuery { Health = ["unhealthy"] }, apps).Rows.Select(row => row.Id));
        Assert.Equal([1, 1, 2], Build(new AppQuery(), apps).Healths.OrderBy(choice => choice.Count).Select(choice => choice.Count));
    }

    [Fact]
    public void List_Sorted_TurnsRoundTheSecondTime()
    {
        AppSummary[] apps = [App("/a", 1, 1), App("/b", 3, 1), App("/c", 2, 1)];
        var query = new AppQuery().SortBy("instances");

        Assert.Equal(["/a", "/c", "/b"], Build(query, apps).Rows.Select(row => row.Id));
        Assert.Equal(["/b", "/c", "/a"], Build(query.SortBy("instances"), apps).Rows.Select(row => row.Id));
    }

    [Fact]
    public void List_Long_IsCutIntoPages()
    {
        var list = Build(new AppQuery { Skip = 1 }, [.. Enumerable.Range(0, 130).Select(i => App($"/a{i:000}", 1, 1))]);

        Assert.Equal((130, 30, "/a100"), (list.Total, list.Rows.Count, list.Rows[0].Id));
    }

    [Fact]
    public void Query_Link_ReadsBackTheSame()
    {
        var query = new AppQuery { Group = "/prod", Text = "a b&c", Statuses = [AppStatus.Deploying, AppStatus.Delayed], Health = ["unhealthy"], Labels = ["team:x,y", "k"], Sort = "cpu", Descending = true, Skip = 2 };

        var link = query.ToLink();
        var parsed = AppQuery.From("/prod", new QueryCollection(QueryHelpers.ParseQuery(link[link.IndexOf('?', StringComparison.Ordinal)..])));

        Assert.StartsWith("/ui/apps/prod?", link);
        Assert.Equal(link, parsed.ToLink());
        Assert.Equal(query.Statuses, parsed.Statuses);
        Assert.Equal(query.Labels, parsed.Labels);
    }

    [Theory]
    [InlineData("?status=nosuch&health=ill&sort=age&skip=-1&order=sideways")]
    public void Query_OfNonsense_CountsAsNotGiven(string address) =>
        Assert.Equal("/ui/apps", AppQuery.From("/", new QueryCollection(QueryHelpers.ParseQuery(address))).ToLink());

    private static AppSummary App(string id, int instances, int running) => new() { Id = id, Instances = instances, Running = running, Cpus = 0.5, MemoryBytes = 1024 };

    private static AppListModel Build(AppQuery query, AppSummary[] apps, string[]? groups = null) =>
        AppListModel.Build(ServicesSnapshot.Empty.With(apps.ToDictionary(app => app.Id), groups ?? []), query, Now);
}
