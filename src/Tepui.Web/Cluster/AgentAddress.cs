using Agent = Tepui.Protocol.V1.Master.Response.Types.GetAgents.Types.Agent;

namespace Tepui.Web.Cluster;

/// <summary>Where an agent's HTTP API is reached.</summary>
public static class AgentAddress
{
    /// <summary>Host and port, from the pid as in <c>slave(1)@10.0.0.7:5051</c>; without one, from hostname and port.</summary>
    public static string Authority(Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var at = agent.Pid.LastIndexOf('@');
        return at >= 0 && Uri.TryCreate($"http://{agent.Pid[(at + 1)..]}/", UriKind.Absolute, out _)
            ? agent.Pid[(at + 1)..]
            : $"{agent.AgentInfo.Hostname}:{agent.AgentInfo.Port}";
    }

    /// <summary>As a base address.</summary>
    public static Uri Of(Agent agent) => new($"http://{Authority(agent)}/");
}
