using Tepui.Protocol.V1;
using Tepui.Web.Client;
using Tepui.Web.Cluster;
using Agent = Tepui.Protocol.V1.Master.Response.Types.GetAgents.Types.Agent;

namespace Tepui.Web.Pages.Agents;

/// <summary>One agent, ready to be shown.</summary>
public sealed record AgentRow(string Id, string Hostname, string Address, string State, string Tone, AgentUsage Usage, int Tasks, DateTimeOffset? Registered, string Version)
{
    /// <summary>The agent's row. Call it while the model is held.</summary>
    public static AgentRow Of(Agent agent, ClusterModel model, IReadOnlyDictionary<string, int> tasks)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(model);
        var id = agent.AgentInfo.Id.Value;
        var (state, tone) = StateOf(agent);
        var usage = model.Usage.GetValueOrDefault(id)
            ?? new AgentUsage(Reported: false, default, Amounts.Of(agent.AllocatedResources), Amounts.Of(agent.TotalResources));
        return new AgentRow(
            id,
            agent.AgentInfo.Hostname,
            AgentAddress.Authority(agent),
            state,
            tone,
            usage,
            tasks.GetValueOrDefault(id),
            Show.Time(agent.ReregisteredTime ?? agent.RegisteredTime),
            agent.Version);
    }

    /// <summary>Number of tasks that have not ended, by agent. Call it while the model is held.</summary>
    public static Dictionary<string, int> CountTasks(ClusterModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in model.Tasks.Values)
        {
            if (!ClusterModel.IsEnded(task.State))
            {
                counts[task.AgentId.Value] = counts.GetValueOrDefault(task.AgentId.Value) + 1;
            }
        }

        return counts;
    }

    private static (string State, string Tone) StateOf(Agent agent) => agent switch
    {
        { DrainInfo.State: DrainState.Draining } => ("draining", "busy"),
        { DrainInfo.State: DrainState.Drained } => ("drained", "busy"),
        { Deactivated: true } => ("deactivated", "busy"),
        { Active: true } => ("active", "good"),
        _ => ("disconnected", "bad"),
    };
}
