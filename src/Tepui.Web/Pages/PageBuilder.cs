using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Web.Client;
using Tepui.Web.Cluster;
using Tepui.Web.Layout;
using Tepui.Web.Pages.Agents;
using Tepui.Web.Pages.Dashboard;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.Frameworks;
using Tepui.Web.Pages.TaskDetail;
using Tepui.Web.Pages.Tasks;

namespace Tepui.Web.Pages;

/// <summary>Finds the page of an address and gathers what it shows. Everything a user chose is in the address.</summary>
public sealed class PageBuilder(ClusterFeed feed, AgentClient agents, ServicesPages services, JobsPages jobs, TimeProvider time)
{
    /// <summary>The page at <paramref name="address"/>, a path below <see cref="Links.Root"/> with its parameters.</summary>
    public Task<PageContent> BuildAsync(string address, CancellationToken cancel) => BuildAsync(address, null, cancel);

    /// <summary>The page at <paramref name="address"/>, whose dialog was <paramref name="refused"/> just now.</summary>
    public async Task<PageContent> BuildAsync(string address, Refusal? refused, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(address);
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? address : address[..mark];
        var query = new QueryCollection(QueryHelpers.ParseQuery(mark < 0 ? "" : address[mark..]));
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Uri.UnescapeDataString)];
        return parts switch
        {
            [] => Dashboard(query),
            ["agents"] => new PageContent("Agents", "agents", typeof(AgentsPage), feed.Model.Read(AllAgents)),
            ["agents", var id] => Agent(id, query),
            ["frameworks"] => new PageContent("Frameworks", "frameworks", typeof(FrameworksPage), feed.Model.Read(FrameworkRow.All)),
            ["frameworks", var id] => Framework(id, query),
            ["tasks"] => new PageContent("Tasks", "tasks", typeof(TasksPage), feed.Model.Read(model => TaskListModel.Build(model, TaskQuery.From(Links.Tasks, query)))),
            ["tasks", var framework, var task] => await TaskAsync(new TaskKey(framework, task), query, cancel),
            [var first, ..] when ServicesPages.Owns(first) => await services.BuildAsync(parts, query, address, refused, cancel),
            [var first, ..] when JobsPages.Owns(first) => await jobs.BuildAsync(parts, query, address, refused, cancel),
            _ => Missing("", $"There is no page {path}."),
        };
    }

    private static PageContent Missing(string section, string what) => new("Not found", section, typeof(NotFoundPage), what) { Status = StatusCodes.Status404NotFound };

    private static IReadOnlyList<AgentRow> AllAgents(ClusterModel model)
    {
        var tasks = AgentRow.CountTasks(model);
        return [.. model.Agents.Values.Select(agent => AgentRow.Of(agent, model, tasks)).OrderBy(row => row.Hostname, StringComparer.Ordinal).ThenBy(row => row.Address, StringComparer.Ordinal)];
    }

    private PageContent Dashboard(QueryCollection query)
    {
        var minutes = int.TryParse(query["minutes"], out var chosen) && DashboardModel.Windows.Contains(chosen) ? chosen : DashboardModel.Windows[0];
        var now = time.GetUtcNow();
        var (agentCounts, frameworkCounts) = feed.Model.Read(model => (
            (model.Agents.Count, model.Agents.Values.Count(agent => agent.Active)),
            (model.Frameworks.Values.Count(framework => framework.UnregisteredTime is null or { Nanoseconds: 0 }), model.Frameworks.Values.Count(framework => framework.Connected))));
        var samples = feed.History.Since(now - TimeSpan.FromMinutes(minutes));
        return new PageContent("Dashboard", "dashboard", typeof(DashboardPage), DashboardModel.Build(samples, minutes, now, agentCounts, frameworkCounts));
    }

    private PageContent Agent(string id, QueryCollection query) =>
        feed.Model.Read(model => AgentModel.Build(model, id, TaskQuery.From(Links.Agent(id), query))) is { } agent
            ? new PageContent(agent.Row.Hostname, "agents", typeof(AgentPage), agent)
            : Missing("agents", $"No agent {id} is registered.");

    private PageContent Framework(string id, QueryCollection query) =>
        feed.Model.Read(model => FrameworkModel.Build(model, id, TaskQuery.From(Links.Framework(id), query))) is { } framework
            ? new PageContent(framework.Row.Name, "frameworks", typeof(FrameworkPage), framework)
            : Missing("frameworks", $"No framework {id} is known.");

    private async Task<PageContent> TaskAsync(TaskKey key, QueryCollection query, CancellationToken cancel)
    {
        var (task, sandbox) = feed.Model.Read(model => (TaskModel.Build(model, key), Sandbox.Of(model, key)));
        if (task is null)
        {
            return Missing("tasks", $"No task {key.Task} of framework {key.Framework} is known; tasks that ended long ago are forgotten.");
        }

        var file = query["file"].ToString() is { Length: > 0 } chosen ? chosen : "stdout";
        var listing = sandbox is null ? null : await ListAsync(sandbox, query["dir"].ToString(), cancel);
        return new PageContent(key.Task, "tasks", typeof(TaskPage), task with { File = file, Listing = listing });
    }

    private async Task<SandboxListing> ListAsync(Sandbox sandbox, string directory, CancellationToken cancel)
    {
        if (sandbox.Resolve(directory) is not { } path)
        {
            return new SandboxListing("", null, $"'{directory}' does not lie in the sandbox.");
        }

        try
        {
            var files = await agents.BrowseAsync(sandbox.Agent, path, cancel);
            return new SandboxListing(directory, files?.OrderBy(file => !file.IsDirectory).ToList(), null);
        }
        catch (MasterUnavailableException e)
        {
            return new SandboxListing(directory, null, e.Message);
        }
    }
}
