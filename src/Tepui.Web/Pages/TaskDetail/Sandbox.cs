using Tepui.Web.Client;
using Tepui.Web.Cluster;

namespace Tepui.Web.Pages.TaskDetail;

/// <summary>Where a task's files are.</summary>
/// <param name="Agent">Address of its agent.</param>
/// <param name="Root">The sandbox, as the agent's files API names it.</param>
public sealed record Sandbox(Uri Agent, string Root)
{
    /// <summary>The sandbox of a task; null when the task or its agent is not known. Call it while the model is held.</summary>
    public static Sandbox? Of(ClusterModel model, TaskKey key)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Tasks.TryGetValue(key, out var task) || !model.Agents.TryGetValue(task.AgentId.Value, out var agent))
        {
            return null;
        }

        // The executor of a command task has the task's id.
        var executor = task.ExecutorId is { Value.Length: > 0 } id ? id.Value : key.Task;
        return new Sandbox(AgentAddress.Of(agent), $"/frameworks/{key.Framework}/executors/{executor}/runs/latest{Nested(task)}");
    }

    // A task in a container inside the executor's has a sandbox inside the executor's.
    private static string Nested(Protocol.V1.Task task)
    {
        var path = "";
        for (var container = task.Statuses.LastOrDefault(status => status.ContainerStatus?.ContainerId is not null)?.ContainerStatus.ContainerId; container?.Parent is not null; container = container.Parent)
        {
            path = $"/containers/{container.Value}{path}";
        }

        return path;
    }

    /// <summary>The full path of something in the sandbox; null for one that would lead out of it.</summary>
    public string? Resolve(string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        var parts = relative.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(part => part is "." or "..") ? null : parts.Aggregate(Root, (path, part) => $"{path}/{part}");
    }
}

/// <summary>What a directory of a sandbox holds.</summary>
/// <param name="Path">Relative to the sandbox; empty for the sandbox itself.</param>
/// <param name="Files">Its entries, directories first; null when there is no such directory any more.</param>
/// <param name="Problem">Why it cannot be listed, or null.</param>
public sealed record SandboxListing(string Path, IReadOnlyList<SandboxFile>? Files, string? Problem);
