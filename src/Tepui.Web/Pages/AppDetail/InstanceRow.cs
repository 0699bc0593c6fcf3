using System.Text.Json;
using Tepui.Web.Cluster;
using Tepui.Web.Feeds;
using Tepui.Web.Layout;

namespace Tepui.Web.Pages.AppDetail;

/// <summary>A container's or task's files, to be looked at.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Task">The task.</param>
public sealed record InstanceFiles(string Name, TaskKey Task)
{
    /// <summary>The page of the task, with its sandbox.</summary>
    public string Link => Links.Task(Task);

    /// <summary>The stream of one file's end.</summary>
    public string Tail(string file) => Links.With("/ui/_tail", ("framework", Task.Framework), ("task", Task.Task), ("file", file));
}

/// <summary>One instance of an app or pod.</summary>
public sealed record InstanceRow
{
    /// <summary>The task's id, or the instance's for a pod.</summary>
    public required string Id { get; init; }

    /// <summary>What it is doing, in a word.</summary>
    public required string State { get; init; }

    /// <summary>How to colour the state.</summary>
    public required string Tone { get; init; }

    /// <summary><c>healthy</c>, <c>unhealthy</c>, or empty when nobody checks.</summary>
    public string Health { get; init; } = "";

    /// <summary>Why it is unhealthy; empty when it is not.</summary>
    public string HealthCause { get; init; } = "";

    /// <summary>Where it runs; empty when it has no place yet.</summary>
    public string Host { get; init; } = "";

    /// <summary>The agent's id.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>Ports on that host.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The version of the app that it runs.</summary>
    public string Version { get; init; } = "";

    /// <summary>When it began to run, or was staged.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Its files; a pod's instance has some for each container.</summary>
    public IReadOnlyList<InstanceFiles> Files { get; init; } = [];

    /// <summary>Persistent volumes, as container path and id.</summary>
    public IReadOnlyList<(string Path, string Id)> Volumes { get; init; } = [];

    /// <summary>Reads a task of an app.</summary>
    public static InstanceRow FromTask(JsonElement task, string? framework)
    {
        var id = task.Text("id") ?? "";
        var results = task.List("healthCheckResults").ToList();
        var failing = results.Where(result => !result.Flag("alive")).ToList();
        return new InstanceRow
        {
            Id = id,
            State = Plain(task.Text("state") ?? ""),
            Tone = ToneOf(task.Text("state")),
            Health = results.Count == 0 ? "" : failing.Count > 0 ? "unhealthy" : "healthy",
            HealthCause = failing.Select(result => result.Text("lastFailureCause")).FirstOrDefault(cause => !string.IsNullOrEmpty(cause)) ?? "",
            Host = task.Text("host") ?? "",
            AgentId = task.Text("slaveId") ?? "",
            Ports = [.. task.List("ports").Where(port => port.ValueKind == JsonValueKind.Number).Select(port => (int)port.GetDouble())],
            Version = task.Text("version") ?? "",
            Since = task.Moment("startedAt") ?? task.Moment("stagedAt"),
            Files = framework is null ? [] : [new InstanceFiles("", new TaskKey(framework, id))],
            Volumes = [.. task.List("localVolumes").Select(volume => (volume.Text("containerPath") ?? "", volume.Text("persistenceId") ?? ""))],
        };
    }

    /// <summary>Reads an instance of a pod.</summary>
    public static InstanceRow FromPod(JsonElement instance, string? framework)
    {
        var containers = instance.List("containers").ToList();
        var healths = containers.SelectMany(container => container.List("endpoints")).Where(endpoint => endpoint.Member("healthy") is not null).ToList();
        return new InstanceRow
        {
            Id = instance.Text("id") ?? "",
            State = (instance.Text("status") ?? "").ToLowerInvariant(),
            Tone = instance.Text("status") switch { "STABLE" => "good", "DEGRADED" => "bad", "TERMINAL" => "muted", _ => "busy" },
            Health = healths.Count == 0 ? "" : healths.All(endpoint => endpoint.Flag("healthy")) ? "healthy" : "unhealthy",
            HealthCause = instance.Text("message") ?? "",
            Host = instance.Text("agentHostname") ?? "",
            AgentId = instance.Text("agentId") ?? "",
            Ports = [.. containers.SelectMany(container => container.List("endpoints")).Select(endpoint => endpoint.Int("allocatedHostPort")).Where(port => port > 0)],
            Version = instance.Text("specReference") is { } reference ? reference[(reference.LastIndexOf('/') + 1)..] : "",
            Since = instance.Moment("statusSince"),
            Files = framework is null ? [] : [.. containers.Where(container => container.Text("containerId") is { Length: > 0 }).Select(container => new InstanceFiles(container.Text("name") ?? "", new TaskKey(framework, container.Text("containerId")!)))],
            Volumes = [.. instance.List("localVolumes").Select(volume => (volume.Text("containerPath") ?? "", volume.Text("persistenceId") ?? ""))],
        };
    }

    private static string Plain(string state) => (state.StartsWith("TASK_", StringComparison.Ordinal) ? state["TASK_".Length..] : state).ToLowerInvariant().Replace('_', ' ');

    private static string ToneOf(string? state) => state switch
    {
        "TASK_RUNNING" or "Running" => "good",
        "TASK_FINISHED" or "TASK_KILLED" or "Finished" or "Killed" => "muted",
        "TASK_FAILED" or "TASK_ERROR" or "TASK_DROPPED" or "TASK_GONE" or "TASK_LOST" or "TASK_UNREACHABLE" or "TASK_UNKNOWN" or "TASK_GONE_BY_OPERATOR" => "bad",
        _ => "busy",
    };
}
