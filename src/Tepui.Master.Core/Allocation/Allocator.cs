using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>Decides which framework is offered what: hierarchical dominant resource fairness with weights.</summary>
/// <remarks>
/// <para>Event-driven. After a run nobody can take what is left free, so the next one looks only at agents where something came free, and
/// only at clients (framework and role) that can take more than before: new, revived, or with a refusal that ended. Without changes there is no run.</para>
/// <para>Single-threaded and deterministic: the same calls with the same times give the same allocations.</para>
/// <para>Resources given and taken carry the role they are allocated to; the allocator counts them as held until <see cref="Recover"/>.</para>
/// </remarks>
public sealed class Allocator
{
    private readonly AllocatorOptions _options;
    private readonly Eligibility _eligibility;
    private readonly Random _shuffle;
    private readonly ShareTree _tree;
    private readonly RefusalFilters _filters = new();
    private readonly Dictionary<AgentId, AgentEntry> _agents = [];
    private readonly SortedDictionary<int, AgentEntry> _agentsInOrder = [];
    private readonly Dictionary<FrameworkId, FrameworkEntry> _frameworks = [];
    private readonly List<AgentEntry> _dirty = [];
    private readonly List<Client> _pending = [];
    private readonly Placement _placement;
    private DateTimeOffset? _runAt;
    private int _agentNumber;

    /// <summary>An allocator of an empty pool.</summary>
    public Allocator(AllocatorOptions options)
    {
        _options = options;
        _eligibility = new(options);
        _shuffle = new(options.Seed);
        _tree = new(options.FairSharingExcludedResourceNames);
        _placement = new(_tree, _eligibility, Give);
    }

    /// <summary>When <see cref="Run"/> is due, if anything is to be done at all.</summary>
    public DateTimeOffset? NextRun
    {
        get
        {
            var filter = _filters.NextDeadline;
            return _runAt is null || filter < _runAt ? filter : _runAt;
        }
    }

    /// <summary>Runs that looked at agents so far.</summary>
    public long Runs { get; private set; }

    /// <summary>How often a client was passed over for an agent it was looked at for, by reason; <see cref="NotOffered.Offered"/> counts allocations.</summary>
    public long PassedOver(NotOffered reason) => _placement.PassedOver(reason);

    /// <summary>Amounts of all agents.</summary>
    public ResourceQuantities Total => _tree.Total;

    /// <summary>Roles with frameworks, and all above them, sorted by path.</summary>
    public IReadOnlyList<RoleShare> Roles => [.. _tree.Roles.Select(ShareOf)];

    /// <summary>How one role stands.</summary>
    public RoleShare ShareOf(string role) =>
        new(role, _tree.WeightOf(role), _tree.DominantShare(role), _tree.Allocated(role), _filters.ActiveIn(role));

    /// <summary>Whether the agent is known.</summary>
    public bool HasAgent(AgentId agent) => _agents.ContainsKey(agent);

    /// <summary>Whether the framework is known.</summary>
    public bool HasFramework(FrameworkId framework) => _frameworks.ContainsKey(framework);

    /// <summary>What may be offered of an agent; empty if it is not known.</summary>
    public ResourceSet Free(AgentId agent) => _agents.TryGetValue(agent, out var entry) ? entry.Free : ResourceSet.Empty;

    /// <summary>What a framework holds of an agent in all its roles, allocated to nobody; empty if either is not known.</summary>
    public ResourceSet Held(FrameworkId framework, AgentId agent)
    {
        if (!_frameworks.TryGetValue(framework, out var entry) || !_agents.TryGetValue(agent, out var place))
        {
            return ResourceSet.Empty;
        }

        var sum = new ResourceSetBuilder();
        foreach (var client in entry.Clients.Values)
        {
            if (place.Holders.TryGetValue(client, out var held))
            {
                sum.Add(held);
            }
        }

        return sum.Build();
    }

    /// <summary>A new agent; active, with everything free until <see cref="Allocated"/> says otherwise.</summary>
    public void AddAgent(AgentId id, ResourceSet total, AgentTraits traits, DateTimeOffset now)
    {
        var agent = new AgentEntry(id, _agentNumber++) { Traits = traits };
        agent.SetTotal(total.Unallocate());
        _agents.Add(id, agent);
        _agentsInOrder.Add(agent.Number, agent);
        _tree.AddTotal(agent.Total, 1);
        LookAt(agent, now);
    }

    /// <summary>The agent has other resources or traits than before. What is in use stays in use.</summary>
    public void UpdateAgent(AgentId id, ResourceSet total, AgentTraits traits, DateTimeOffset now)
    {
        var agent = Agent(id);
        _tree.AddTotal(agent.Total, -1);
        agent.Traits = traits;
        agent.SetTotal(total.Unallocate());
        _tree.AddTotal(agent.Total, 1);
        LookAt(agent, now);
    }

    /// <summary>The agent is gone, and with it all that was held of it.</summary>
    public void RemoveAgent(AgentId id)
    {
        if (!_agents.Remove(id, out var agent))
        {
            return;
        }

        _agentsInOrder.Remove(agent.Number);
        DropFilters(agent);
        foreach (var (client, held) in agent.Holders)
        {
            _tree.Take(client.Node, held);
            client.Agents.Remove(agent);
            Forget(client);
        }

        _tree.AddTotal(agent.Total, -1);
        agent.IsActive = false;
        agent.Pending.Clear();
    }

    /// <summary>An agent that is deactivated or disconnected is not offered.</summary>
    public void SetAgentActive(AgentId id, bool active, DateTimeOffset now)
    {
        var agent = Agent(id);
        if (agent.IsActive != active)
        {
            agent.IsActive = active;
            LookAt(agent, now);
        }
    }

    /// <summary>The agent is no longer what was refused (its attributes changed): all refusals of it end.</summary>
    public void DropFilters(AgentId id, DateTimeOffset now)
    {
        var agent = Agent(id);
        DropFilters(agent);
        LookAt(agent, now);
    }

    /// <summary>A new framework. Inactive ones, such as those known only through their tasks, get no offers until <see cref="SetFrameworkActive"/>.</summary>
    public void AddFramework(FrameworkId id, FrameworkTraits traits, bool active, DateTimeOffset now)
    {
        _frameworks.Add(id, new FrameworkEntry(id, traits) { IsActive = active });
        UpdateFramework(id, traits, now);
    }

    /// <summary>The framework changed its roles, capabilities or minima. Its suppressed roles are those given now; refusals in roles it left end.</summary>
    public void UpdateFramework(FrameworkId id, FrameworkTraits traits, DateTimeOffset now)
    {
        var framework = Framework(id);
        framework.Traits = traits;
        foreach (var role in traits.Roles)
        {
            ClientOf(framework, role);
        }

        foreach (var client in framework.Clients.Values.ToArray())
        {
            client.IsSubscribed = traits.Roles.Contains(client.Role);
            client.IsSuppressed = traits.SuppressedRoles.Contains(client.Role);
            client.MinAllocatable = traits.MinAllocatable.GetValueOrDefault(client.Role) ?? _options.MinAllocatable;
            client.Constraint = traits.Constraints.GetValueOrDefault(client.Role);
            if (!client.IsSubscribed)
            {
                _filters.DropAll(client);
            }

            Refresh(client, now);
            Forget(client);
        }
    }

    /// <summary>The framework is gone, and what it still held is free.</summary>
    public void RemoveFramework(FrameworkId id, DateTimeOffset now)
    {
        if (!_frameworks.Remove(id, out var framework))
        {
            return;
        }

        foreach (var client in framework.Clients.Values.ToArray())
        {
            client.IsSubscribed = false;
            _filters.DropAll(client);
            Refresh(client, now);
            foreach (var agent in client.Agents.OrderBy(static a => a.Number).ToArray())
            {
                Take(client, agent, agent.Holders[client], now);
            }

            Forget(client);
        }
    }

    /// <summary>Connected frameworks get offers, disconnected ones do not; what the latter refused is forgotten.</summary>
    public void SetFrameworkActive(FrameworkId id, bool active, DateTimeOffset now)
    {
        var framework = Framework(id);
        framework.IsActive = active;
        foreach (var client in framework.Clients.Values)
        {
            if (!active)
            {
                _filters.DropAll(client);
            }

            Refresh(client, now);
        }
    }

    /// <summary>How much a role counts among its siblings; above 0, 1 unless set.</summary>
    public void SetWeight(string role, double weight) => _tree.SetWeight(role, weight);

    /// <summary>Takes in what already runs on an agent that came back.</summary>
    public void Allocated(FrameworkId framework, AgentId agent, ResourceSet resources)
    {
        foreach (var (role, part) in ByRole(resources))
        {
            Give(ClientOf(Framework(framework), role), Agent(agent), part);
        }
    }

    /// <summary>Resources come free: declined, unused, rescinded, or their task ended. Nothing happens if the agent or the framework is gone.</summary>
    /// <param name="framework">Who held them.</param>
    /// <param name="agent">Where.</param>
    /// <param name="resources">What, with the role they were allocated to.</param>
    /// <param name="refusal">How long the framework wants no part of that, see <see cref="RefusalTimeout"/>; <see langword="null"/> if it did not refuse.</param>
    /// <param name="now">The time.</param>
    public void Recover(FrameworkId framework, AgentId agent, ResourceSet resources, TimeSpan? refusal, DateTimeOffset now)
    {
        if (resources.IsEmpty || !_frameworks.TryGetValue(framework, out var entry) || !_agents.TryGetValue(agent, out var place))
        {
            return;
        }

        foreach (var (role, part) in ByRole(resources))
        {
            if (!entry.Clients.TryGetValue(role, out var client))
            {
                throw new InvariantException($"Invariant broken: framework {framework} gives back what it holds, and not {resources}");
            }

            if (refusal is { } timeout && client.IsSubscribed)
            {
                _filters.Add(client, place, part, now + (timeout > _options.ReofferPause ? timeout : _options.ReofferPause));
            }

            Take(client, place, part, now);
            Forget(client);
        }
    }

    /// <summary>No offers in these roles until they are revived; no roles means all of them. Roles it does not have are ignored.</summary>
    public void Suppress(FrameworkId framework, IReadOnlyCollection<string> roles, DateTimeOffset now)
    {
        foreach (var client in ClientsOf(framework, roles))
        {
            client.IsSuppressed = true;
            Refresh(client, now);
        }
    }

    /// <summary>Offers in these roles again, of all agents, whatever was refused before; no roles means all of them.</summary>
    public void Revive(FrameworkId framework, IReadOnlyCollection<string> roles, DateTimeOffset now)
    {
        foreach (var client in ClientsOf(framework, roles))
        {
            client.IsSuppressed = false;
            _filters.DropAll(client);
            Refresh(client, now);
        }
    }

    /// <summary>Makes the allocations that are due. The resources of each are held by its framework from now on.</summary>
    public IReadOnlyList<PlannedOffer> Run(DateTimeOffset now)
    {
        EndFilters(now);
        if (_runAt is null || _runAt > now)
        {
            return [];
        }

        _runAt = null;
        var result = new List<PlannedOffer>();
        var agents = Candidates();
        _shuffle.Shuffle(agents);
        foreach (var agent in agents)
        {
            _placement.Place(agent, _pending, result);
        }

        foreach (var client in _pending)
        {
            client.IsPending = false;
        }

        _pending.Clear();
        Runs++;
        return result;
    }

    /// <summary>Why a client is not offered what is free on an agent right now.</summary>
    public NotOffered WhyNot(FrameworkId framework, string role, AgentId agent)
    {
        if (!_frameworks.TryGetValue(framework, out var entry)
            || !entry.Clients.TryGetValue(role, out var client)
            || !client.IsActive)
        {
            return NotOffered.ClientInactive;
        }

        if (!_agents.TryGetValue(agent, out var place) || !place.IsActive)
        {
            return NotOffered.AgentInactive;
        }

        var offer = Eligibility.ForRole(place, role);
        return _eligibility.Check(client, place, ref offer);
    }

    /// <summary>The parts of each role, allocated to nobody.</summary>
    private static IEnumerable<(string Role, ResourceSet Part)> ByRole(ResourceSet resources)
    {
        foreach (ref readonly var item in resources.Items)
        {
            Invariant.Holds(item.Identity.AllocationRole is not null);
        }

        var roles = resources.AllocationRoles;
        return roles.Count == 1
            ? [(roles.First(), resources.Unallocate())]
            : roles.Select(role => (role, resources.Filter(item => item.Identity.AllocationRole == role).Unallocate()));
    }

    private AgentEntry Agent(AgentId id) =>
        _agents.TryGetValue(id, out var agent) ? agent : throw new InvariantException($"Invariant broken: the allocator knows agent {id}");

    private FrameworkEntry Framework(FrameworkId id) =>
        _frameworks.TryGetValue(id, out var framework) ? framework : throw new InvariantException($"Invariant broken: the allocator knows framework {id}");

    private Client ClientOf(FrameworkEntry framework, string role)
    {
        if (!framework.Clients.TryGetValue(role, out var client))
        {
            client = new(framework, role);
            client.Node = _tree.AddClient(client);
            framework.Clients.Add(role, client);
        }

        return client;
    }

    private IEnumerable<Client> ClientsOf(FrameworkId framework, IReadOnlyCollection<string> roles)
    {
        var clients = Framework(framework).Clients;
        return roles.Count == 0 ? clients.Values : roles.Where(clients.ContainsKey).Select(role => clients[role]);
    }

    /// <summary>Brings the order in line with whether a client may get offers; one that may is looked at for every agent.</summary>
    private void Refresh(Client client, DateTimeOffset now)
    {
        _tree.SetActive(client.Node, client.IsActive);
        if (client.IsActive && !client.IsPending)
        {
            client.IsPending = true;
            _pending.Add(client);
            RunAfter(now);
        }
    }

    /// <summary>A client that neither wants nor holds anything is no more.</summary>
    private void Forget(Client client)
    {
        if (!client.IsSubscribed && client.Agents.Count == 0 && client.Framework.Clients.Remove(client.Role))
        {
            _tree.SetActive(client.Node, false);
            _tree.RemoveClient(client.Node);
        }
    }

    private void Give(Client client, AgentEntry agent, ResourceSet resources)
    {
        agent.Give(client, resources);
        client.Agents.Add(agent);
        _tree.Give(client.Node, resources);
    }

    private void Take(Client client, AgentEntry agent, ResourceSet resources, DateTimeOffset now)
    {
        agent.Take(client, resources);
        if (!agent.Holders.ContainsKey(client))
        {
            client.Agents.Remove(agent);
        }

        _tree.Take(client.Node, resources);
        LookAt(agent, now);
    }

    private void DropFilters(AgentEntry agent)
    {
        foreach (var framework in _frameworks.Values)
        {
            foreach (var client in framework.Clients.Values)
            {
                _filters.DropAll(client, agent);
            }
        }
    }

    private void LookAt(AgentEntry agent, DateTimeOffset now)
    {
        agent.LooksAtAll = true;
        MarkDirty(agent, now);
    }

    private void MarkDirty(AgentEntry agent, DateTimeOffset now)
    {
        if (!agent.IsDirty)
        {
            agent.IsDirty = true;
            _dirty.Add(agent);
        }

        RunAfter(now);
    }

    private void RunAfter(DateTimeOffset now) => _runAt ??= now + _options.AllocationDelay;

    private void EndFilters(DateTimeOffset now)
    {
        while (_filters.TakeEnded(now) is { } filter)
        {
            filter.Agent.Pending.Add(filter.Client);
            MarkDirty(filter.Agent, now);
        }
    }

    /// <summary>The agents the run looks at, in the order they came; afterwards none is dirty.</summary>
    private AgentEntry[] Candidates()
    {
        AgentEntry[] result;
        if (_pending.Count > 0)
        {
            result = [.. _agentsInOrder.Values];
        }
        else
        {
            _dirty.Sort(static (a, b) => a.Number.CompareTo(b.Number));
            result = [.. _dirty];
        }

        foreach (var agent in _dirty)
        {
            agent.IsDirty = false;
        }

        _dirty.Clear();
        return result;
    }
}
