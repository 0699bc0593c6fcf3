using Tepui.Protocol.V1;
using Tepui.Web.Cluster;
using Tepui.Web.Pages.Tasks;

namespace Tepui.Web.Pages.Agents;

/// <summary>What the page of one agent shows.</summary>
/// <param name="Row">The agent.</param>
/// <param name="Attributes">Its attributes, as text.</param>
/// <param name="Resources">Its resources, as text.</param>
/// <param name="Tasks">Tasks on it that have not ended.</param>
public sealed record AgentModel(AgentRow Row, IReadOnlyList<string> Attributes, IReadOnlyList<string> Resources, TaskListModel Tasks)
{
    /// <summary>Builds it; null when there is no such agent. Call it while the model is held.</summary>
    public static AgentModel? Build(ClusterModel model, string id, TaskQuery query)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Agents.GetValueOrDefault(id) is not { } agent
            ? null
            : new AgentModel(
                AgentRow.Of(agent, model, AgentRow.CountTasks(model)),
                [.. agent.AgentInfo.Attributes.Select(attribute => $"{attribute.Name}: {Text(attribute.Scalar, attribute.Ranges, attribute.Set, attribute.Text)}")],
                [.. agent.TotalResources.Select(Describe)],
                TaskListModel.Build(model, query with { Agent = id }));
    }

    private static string Describe(Resource resource)
    {
        var role = resource.Reservations.Count > 0 ? $" reserved for {resource.Reservations[^1].Role}" : "";
        return $"{resource.Name}: {Text(resource.Scalar, resource.Ranges, resource.Set, null)}{role}";
    }

    private static string Text(Value.Types.Scalar? scalar, Value.Types.Ranges? ranges, Value.Types.Set? set, Value.Types.Text? text) =>
        scalar is not null ? Show.Number(scalar.Value)
        : ranges is not null ? string.Join(", ", ranges.Range.Select(range => $"{range.Begin}–{range.End}"))
        : set is not null ? string.Join(", ", set.Item)
        : text?.Value ?? "";
}
