using Tepui.Web.Cluster;

namespace Tepui.Web.Layout;

/// <summary>Addresses of the pages.</summary>
public static class Links
{
    /// <summary>Where all pages lie.</summary>
    public const string Root = "/ui";

    /// <summary>The list of agents.</summary>
    public const string Agents = Root + "/agents";

    /// <summary>The list of frameworks.</summary>
    public const string Frameworks = Root + "/frameworks";

    /// <summary>The list of tasks.</summary>
    public const string Tasks = Root + "/tasks";

    /// <summary>The apps of the root group.</summary>
    public const string Apps = Root + "/apps";

    /// <summary>The list of deployments.</summary>
    public const string Deployments = Root + "/deployments";

    /// <summary>Where changes of the services are sent to.</summary>
    public const string Commands = Root + "/_services";

    /// <summary>The list of jobs.</summary>
    public const string Jobs = Root + "/jobs";

    /// <summary>The graph of the jobs' dependencies.</summary>
    public const string Graph = Root + "/graph";

    /// <summary>The form for a new job.</summary>
    public const string NewJob = Root + "/job-new";

    /// <summary>Where changes of jobs are sent to.</summary>
    public const string JobCommands = Root + "/_jobs";

    /// <summary>One job.</summary>
    public static string Job(string name) => $"{Jobs}/{Uri.EscapeDataString(name)}";

    /// <summary>The form that changes a job.</summary>
    public static string EditJob(string name) => $"{Root}/job-edit/{Uri.EscapeDataString(name)}";

    /// <summary>The graph around a job.</summary>
    public static string GraphOf(string job) => With(Graph, ("job", job));

    /// <summary>The part of an address that follows <see cref="Root"/>; empty when there is none.</summary>
    public static string FirstPart(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var parts = address.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && $"/{parts[0]}" == Root ? parts[1] : "";
    }

    /// <summary>An app, a pod, or the list of a group.</summary>
    public static string App(string id) => Below(Apps, id);

    /// <summary>The form that changes an app.</summary>
    public static string Edit(string id) => Below(Root + "/edit", id);

    /// <summary>The form for a new app in a group.</summary>
    public static string Create(string group) => Below(Root + "/create", group);

    /// <summary>One agent.</summary>
    public static string Agent(string id) => $"{Agents}/{Uri.EscapeDataString(id)}";

    /// <summary>One framework.</summary>
    public static string Framework(string id) => $"{Frameworks}/{Uri.EscapeDataString(id)}";

    /// <summary>One task.</summary>
    public static string Task(TaskKey key) => $"{Tasks}/{Uri.EscapeDataString(key.Framework)}/{Uri.EscapeDataString(key.Task)}";

    private static string Below(string page, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var path = string.Join('/', id.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString));
        return path.Length == 0 ? page : $"{page}/{path}";
    }

    /// <summary>A page with parameters; those without value are left out.</summary>
    public static string With(string page, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = "";
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
            }
        }

        return page + query;
    }
}
