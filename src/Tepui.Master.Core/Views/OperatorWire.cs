using Tepui.Model.Resources;
using Tepui.Protocol.V1.Master;

namespace Tepui.Master.Core.Views;

/// <summary>Views as the operator API has them.</summary>
public static class OperatorWire
{
    /// <summary>An agent, for GET_AGENTS and AGENT_ADDED.</summary>
    public static Response.Types.GetAgents.Types.Agent Agent(AgentView agent)
    {
        var wire = new Response.Types.GetAgents.Types.Agent
        {
            AgentInfo = agent.Info,
            Active = agent.Active,
            Deactivated = false,
            Version = agent.Version,
            Pid = $"slave(1)@{agent.Ip}:{agent.Info.Port}",
            RegisteredTime = WireTime.Wire(agent.Registered),
        };
        if (agent.Reregistered is { } again)
        {
            wire.ReregisteredTime = WireTime.Wire(again);
        }

        wire.TotalResources.AddRange(agent.Total.ToWire(ResourceFormat.Endpoint));
        wire.AllocatedResources.AddRange(agent.Allocated.ToWire(ResourceFormat.Endpoint));
        wire.OfferedResources.AddRange(agent.Offered.ToWire(ResourceFormat.Endpoint));
        wire.Capabilities.AddRange(agent.Capabilities);
        return wire;
    }

    /// <summary>A framework, for GET_FRAMEWORKS; <paramref name="brief"/> for events, which leave its offers and resources out.</summary>
    public static Response.Types.GetFrameworks.Types.Framework Framework(FrameworkView framework, bool brief)
    {
        var wire = new Response.Types.GetFrameworks.Types.Framework
        {
            FrameworkInfo = framework.Info,
            Active = framework.Active,
            Connected = framework.Connected,
            Recovered = framework.Recovered,
            RegisteredTime = WireTime.Wire(framework.Registered),
            ReregisteredTime = WireTime.Wire(framework.Reregistered),
        };
        if (brief)
        {
            wire.UnregisteredTime = new() { Nanoseconds = 0 };
            return wire;
        }

        if (framework.Unregistered is { } removed)
        {
            wire.UnregisteredTime = WireTime.Wire(removed);
        }

        wire.Offers.AddRange(framework.Offers);
        wire.AllocatedResources.AddRange(framework.Allocated.ToWire(ResourceFormat.Endpoint));
        wire.OfferedResources.AddRange(framework.Offered.ToWire(ResourceFormat.Endpoint));
        return wire;
    }
}
