using Tepui.Master.Core.Tables;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Registry;

namespace Tepui.Master.Core.Agents;

/// <summary>Agents that are registered, expected back, unreachable, and gone. An id is in one of these, or unknown.</summary>
internal sealed class AgentTable
{
    private readonly OrderedTable<AgentId, Agent> _registered = new();
    private readonly Dictionary<LinkId, Agent> _links = [];
    private readonly Dictionary<AgentPlace, List<Agent>> _places = [];
    private Agent[]? _sorted;

    /// <summary>In the registry, and not back yet since this master started.</summary>
    public OrderedTable<AgentId, AgentEntry> Recovered { get; } = new();

    /// <summary>Silent for too long; oldest first.</summary>
    public OrderedTable<AgentId, AgentEntry> Unreachable { get; } = new();

    /// <summary>Removed by an operator; oldest first.</summary>
    public OrderedTable<AgentId, AgentEntry> Gone { get; } = new();

    /// <summary>How many are registered.</summary>
    public int Count => _registered.Count;

    /// <summary>All that are registered, in the order they came.</summary>
    public IEnumerable<Agent> Registered => _registered;

    /// <summary>All that are registered, by id; not to be changed.</summary>
    public Agent[] Sorted => _sorted ??= [.. _registered.OrderBy(static agent => agent.Id)];

    /// <summary>The registered agent of that id, if any.</summary>
    public Agent? Find(AgentId id) => id.IsSet ? _registered[id] : null;

    /// <summary>The agent at the other end of a link, if it registered.</summary>
    public Agent? Find(LinkId link) => _links.GetValueOrDefault(link);

    /// <summary>Registered agents at that place, oldest first.</summary>
    public Agent[] At(AgentPlace place) => _places.TryGetValue(place, out var there) ? [.. there] : [];

    /// <summary>All that are registered, as they are now; safe to walk while they change.</summary>
    public Agent[] ToArray() => _registered.ToArray();

    /// <summary>Takes an agent in.</summary>
    public void Add(Agent agent)
    {
        _registered.Add(agent.Id, agent);
        Settle(agent);
        _sorted = null;
    }

    /// <summary>An agent says something else about itself than before.</summary>
    public void Describe(Agent agent, Protocol.Link.AgentFrame.Types.Reregister said)
    {
        Leave(agent);
        agent.Describe(said.AgentInfo, said.Ip, said.Version, said.Capabilities);
        Settle(agent);
    }

    /// <summary>An agent uses this link from now on, and no other.</summary>
    public void Connect(Agent agent, LinkId link)
    {
        Disconnect(agent);
        agent.Link = link;
        _links.Add(link, agent);
    }

    /// <summary>An agent has no link any more.</summary>
    public void Disconnect(Agent agent)
    {
        if (agent.Link is { } link)
        {
            _links.Remove(link);
            agent.Link = null;
        }
    }

    /// <summary>An agent is not registered any more.</summary>
    public void Remove(Agent agent)
    {
        Disconnect(agent);
        _registered.Remove(agent.Id);
        Leave(agent);
        _sorted = null;
    }

    private void Settle(Agent agent)
    {
        if (!_places.TryGetValue(agent.Place, out var there))
        {
            _places.Add(agent.Place, there = []);
        }

        there.Add(agent);
    }

    private void Leave(Agent agent)
    {
        if (_places.TryGetValue(agent.Place, out var there))
        {
            there.Remove(agent);
            if (there.Count == 0)
            {
                _places.Remove(agent.Place);
            }
        }
    }
}
