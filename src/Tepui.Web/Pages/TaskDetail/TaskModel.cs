using Tepui.Protocol.V1;
using Tepui.Web.Cluster;

namespace Tepui.Web.Pages.TaskDetail;

/// <summary>One piece of news of a task.</summary>
public sealed record StatusRow(DateTimeOffset At, TaskState State, string Source, string Reason, string Message);

/// <summary>What the page of one task shows.</summary>
public sealed record TaskModel
{
    /// <summary>Which task.</summary>
    public required TaskKey Key { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required TaskState State { get; init; }

    /// <summary>Result of its health check, if it has one.</summary>
    public required bool? Healthy { get; init; }

    /// <summary>Name of its framework.</summary>
    public required string Framework { get; init; }

    /// <summary>Id of its agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Hostname of its agent.</summary>
    public required string Agent { get; init; }

    /// <summary>Its resources as text.</summary>
    public required string Resources { get; init; }

    /// <summary>Its labels as text.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Its addresses.</summary>
    public required string Addresses { get; init; }

    /// <summary>What happened to it, latest first.</summary>
    public required IReadOnlyList<StatusRow> History { get; init; }

    /// <summary>The directory shown; null when the sandbox cannot be reached, because the agent is unknown.</summary>
    public SandboxListing? Listing { get; init; }

    /// <summary>The file whose end is shown, relative to the sandbox.</summary>
    public string File { get; init; } = "stdout";

    /// <summary>Builds it, without the sandbox; null when there is no such task. Call it while the model is held.</summary>
    public static TaskModel? Build(ClusterModel model, TaskKey key)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Tasks.TryGetValue(key, out var task))
        {
            return null;
        }

        var last = task.Statuses.Count > 0 ? task.Statuses[^1] : null;
        return new TaskModel
        {
            Key = key,
            Name = task.Name,
            State = task.State,
            Healthy = last is { HasHealthy: true } ? last.Healthy : null,
            Framework = model.Frameworks.GetValueOrDefault(key.Framework)?.FrameworkInfo.Name ?? key.Framework,
            AgentId = task.AgentId.Value,
            Agent = model.Agents.GetValueOrDefault(task.AgentId.Value)?.AgentInfo.Hostname ?? task.AgentId.Value,
            Resources = string.Join(" · ", task.Resources.Select(Describe)),
            Labels = [.. task.Labels?.Labels_.Select(label => label.HasValue ? $"{label.Key}={label.Value}" : label.Key) ?? []],
            Addresses = string.Join(", ", last?.ContainerStatus?.NetworkInfos.SelectMany(network => network.IpAddresses).Select(address => address.IpAddress) ?? []),
            History = [.. task.Statuses.Reverse().Select(status => new StatusRow(
                Show.Time(status.Timestamp),
                status.State,
                status.HasSource ? Words(status.Source.ToString()) : "",
                status.HasReason ? Words(status.Reason.ToString()) : "",
                status.Message))],
        };
    }

    private static string Describe(Resource resource) => resource switch
    {
        { Name: "mem" or "disk", Scalar: { } amount } => $"{resource.Name} {Show.Bytes(amount.Value * 1024 * 1024)}",
        { Scalar: { } amount } => $"{resource.Name} {Show.Number(amount.Value)}",
        { Ranges: { } ranges } => $"{resource.Name} {string.Join(", ", ranges.Range.Select(range => range.Begin == range.End ? $"{range.Begin}" : $"{range.Begin}–{range.End}"))}",
        { Set: { } set } => $"{resource.Name} {string.Join(", ", set.Item)}",
        _ => resource.Name,
    };

    // "CommandExecutorFailed" becomes "command executor failed".
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
}
