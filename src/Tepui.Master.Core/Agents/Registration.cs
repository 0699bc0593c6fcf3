using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Master.Core.Views;
using Tepui.Model.Resources;
using Tepui.Protocol.Link;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Event = Tepui.Protocol.V1.Master.Event;

namespace Tepui.Master.Core.Agents;

/// <summary>Agents without an id join.</summary>
internal static class Registration
{
    /// <summary>Gives an agent an id and takes it in; it hears of it once the registry has it. One that left its place in the same machine's port is displaced.</summary>
    public static void Register(Turn turn, LinkId link, AgentFrame.Types.Register register)
    {
        turn.State.Counters.Add(CounterNames.MessagesRegisterAgent);
        if (turn.State.Agents.Find(link) is not null)
        {
            turn.State.Counters.Add(CounterNames.DroppedMessages);
            return;
        }

        if (Problem(register.AgentInfo) is { } problem)
        {
            Refuse(turn, link, problem);
            return;
        }

        var info = register.AgentInfo.Clone();
        info.Id = turn.State.Mint.Agent().ToWire();
        var agent = new Agent(info, register.Ip, register.Version, register.Capabilities, turn.Now);
        Displace(turn, agent.Place);
        DisplaceRecovered(turn, agent.Place);
        Admit(turn, agent, link);
        turn.State.Counters.Add(CounterNames.AgentRegistrations);
        turn.Tell(agent, new()
        {
            Registered = new()
            {
                AgentId = info.Id,
                MasterInfo = turn.State.Options.Info,
                PingTimeoutSeconds = Pings.TimeoutSeconds(turn.State.Options),
            },
        });
    }

    /// <summary>What is wrong with what an agent says of itself, or <see langword="null"/>.</summary>
    public static string? Problem(AgentInfo? info) => info is null ? "The agent does not describe itself" : ResourceRules.Problem(info.Resources);

    /// <summary>Tells an agent that it is not wanted, and ends its link.</summary>
    public static void Refuse(Turn turn, LinkId link, string why)
    {
        turn.Tell(link, new MasterFrame { Shutdown = new() { Message = why } });
        turn.Close(link);
    }

    /// <summary>Takes an agent in: registry, link, allocator, operators.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="link">Its link.</param>
    /// <param name="known">What the registry already has of it, if anything.</param>
    public static void Admit(Turn turn, Agent agent, LinkId link, AgentEntry? known = null)
    {
        Write(turn, agent, known);
        turn.State.Agents.Add(agent);
        turn.State.Agents.Connect(agent, link);
        Pool.Join(turn, agent);
        Pings.Start(turn, agent);
        turn.State.Changed();
        turn.Publish(new()
        {
            Type = Event.Types.Type.AgentAdded,
            AgentAdded = new() { Agent = OperatorWire.Agent(agent.View) },
        });
    }

    /// <summary>Writes down that an agent is admitted, unless the registry has it just so.</summary>
    public static void Write(Turn turn, Agent agent, AgentEntry? known)
    {
        var entry = RegistryKeys.Entry(agent, AgentEntry.Types.State.Admitted, turn.Now);
        if (known is not null)
        {
            entry.SinceNanoseconds = known.SinceNanoseconds;
        }

        if (!entry.Equals(known))
        {
            turn.Persist(RegistryKeys.Of(agent.Id), entry);
        }
    }

    // One expected back after a failover came back without its memory.
    private static void DisplaceRecovered(Turn turn, AgentPlace place)
    {
        foreach (var entry in turn.State.Agents.Recovered.ToArray())
        {
            if (place == new AgentPlace(entry.Ip, entry.AgentInfo.Hostname, entry.AgentInfo.Port))
            {
                AgentRemoval.Displaced(turn, entry);
            }
        }
    }

    /// <summary>Agents that were at this place and are away cannot come back to it.</summary>
    public static void Displace(Turn turn, AgentPlace place)
    {
        foreach (var old in turn.State.Agents.At(place))
        {
            if (!old.Connected)
            {
                AgentRemoval.Displaced(turn, old);
            }
        }
    }
}
