using System.Collections.Immutable;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Allocation;
using Tepui.Master.Core.Frameworks;
using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Abilities = Tepui.Master.Core.Allocation.FrameworkAbilities;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Master.Core.Offers;

/// <summary>What the allocator is told, and what it decides.</summary>
internal static class Pool
{
    /// <summary>A framework is new; it gets offers if it is connected.</summary>
    public static void Join(Turn turn, Framework framework) =>
        turn.State.Allocator.AddFramework(framework.Id, Traits(framework), framework.Connected, turn.Now);

    /// <summary>A framework changed its description.</summary>
    public static void Update(Turn turn, Framework framework) =>
        turn.State.Allocator.UpdateFramework(framework.Id, Traits(framework), turn.Now);

    /// <summary>A framework is back; what it refused before is forgotten.</summary>
    public static void Return(Turn turn, Framework framework)
    {
        turn.State.Allocator.SetFrameworkActive(framework.Id, false, turn.Now);
        Update(turn, framework);
        turn.State.Allocator.SetFrameworkActive(framework.Id, true, turn.Now);
    }

    /// <summary>A framework went away; it gets no offers.</summary>
    public static void Leave(Turn turn, Framework framework) => turn.State.Allocator.SetFrameworkActive(framework.Id, false, turn.Now);

    /// <summary>A framework is no more.</summary>
    public static void Remove(Turn turn, Framework framework) => turn.State.Allocator.RemoveFramework(framework.Id, turn.Now);

    /// <summary>A framework wants no offers in these roles.</summary>
    public static void Suppress(Turn turn, Framework framework, IReadOnlyCollection<string> roles)
    {
        if (roles.Count > 0)
        {
            turn.State.Allocator.Suppress(framework.Id, roles, turn.Now);
        }
    }

    /// <summary>A framework wants offers in these roles, whatever it refused.</summary>
    public static void Revive(Turn turn, Framework framework, IReadOnlyCollection<string> roles)
    {
        if (roles.Count > 0)
        {
            turn.State.Allocator.Revive(framework.Id, roles, turn.Now);
        }
    }

    /// <summary>An agent is new.</summary>
    public static void Join(Turn turn, Agent agent)
    {
        turn.State.Roles.Pool(agent.Total, 1);
        turn.State.Allocator.AddAgent(agent.Id, agent.Total, Traits(agent), turn.Now);
    }

    /// <summary>An agent is back, with the resources it has now; <paramref name="before"/> is what it had.</summary>
    public static void Return(Turn turn, Agent agent, AgentInfo before, ResourceSet had)
    {
        turn.State.Roles.Pool(had, -1);
        turn.State.Roles.Pool(agent.Total, 1);
        turn.State.Allocator.UpdateAgent(agent.Id, agent.Total, Traits(agent), turn.Now);
        if (!before.Attributes.Equals(agent.Info.Attributes))
        {
            turn.State.Allocator.DropFilters(agent.Id, turn.Now);
        }

        turn.State.Allocator.SetAgentActive(agent.Id, true, turn.Now);
    }

    /// <summary>An agent is away and not offered.</summary>
    public static void Leave(Turn turn, Agent agent) => turn.State.Allocator.SetAgentActive(agent.Id, false, turn.Now);

    /// <summary>An agent is no more, and with it all that anyone had of it.</summary>
    public static void Remove(Turn turn, Agent agent)
    {
        turn.State.Roles.Pool(agent.Total, -1);
        turn.State.Allocator.RemoveAgent(agent.Id);
    }

    /// <summary>A task or executor that was running before the master knew it takes resources.</summary>
    public static void Occupy(Turn turn, Framework framework, Agent agent, ResourceSet resources) =>
        turn.State.Allocator.Allocated(framework.Id, agent.Id, resources);

    /// <summary>Resources are free again.</summary>
    public static void Free(Turn turn, FrameworkId framework, AgentId agent, ResourceSet resources) =>
        turn.State.Allocator.Recover(framework, agent, resources, null, turn.Now);

    /// <summary>Resources are free again, and their framework does not want to see them for a while.</summary>
    public static void Refuse(Turn turn, FrameworkId framework, AgentId agent, ResourceSet resources, TimeSpan refusal) =>
        turn.State.Allocator.Recover(framework, agent, resources, refusal, turn.Now);

    /// <summary>Sends the offers that are due.</summary>
    public static void Run(Turn turn)
    {
        if (!(turn.State.Allocator.NextRun <= turn.Now))
        {
            return;
        }

        var offers = new List<(Framework, Agent, string, ResourceSet)>();
        foreach (var allocation in turn.State.Allocator.Run(turn.Now))
        {
            var framework = turn.State.Frameworks.Find(allocation.Framework);
            var agent = turn.State.Agents.Find(allocation.Agent);
            Invariant.Holds(framework is { Connected: true }, "offers go to connected frameworks");
            Invariant.Holds(agent is { Connected: true }, "offers are of connected agents");
            offers.Add((framework, agent, allocation.Role, allocation.Resources));
        }

        Offering.Send(turn, offers);
    }

    private static AgentTraits Traits(Agent agent) => new(
        agent.Info.Hostname,
        agent.Info.Domain?.FaultDomain?.Region?.Name,
        agent.Info.Domain?.FaultDomain?.Zone?.Name,
        agent.Info.Attributes);

    private static FrameworkTraits Traits(Framework framework) => new()
    {
        Roles = ImmutableSortedSet.Create(StringComparer.Ordinal, framework.Roles),
        SuppressedRoles = [.. framework.Suppressed],
        Abilities = AbilitiesOf(framework.Info),
        MinAllocatable = framework.Info.OfferFilters
            .Where(static filters => filters.Value.MinAllocatableResources is not null)
            .ToImmutableDictionary(static filters => filters.Key, static filters => Minima(filters.Value), StringComparer.Ordinal),
        Constraints = framework.Constraints is { } constraints
            ? constraints.RoleConstraints.ToImmutableDictionary(static pair => pair.Key, static pair => Compile(pair.Value), StringComparer.Ordinal)
            : ImmutableDictionary<string, OfferConstraint>.Empty,
    };

    /// <summary>Constraints were checked before they were kept.</summary>
    private static OfferConstraint Compile(OfferConstraints.Types.RoleConstraints constraints) =>
        OfferConstraint.TryCompile(constraints, out var compiled, out var problem) ? compiled : throw new InvariantException($"Invariant broken: {problem}");

    private static IReadOnlyList<ResourceQuantities> Minima(OfferFilters filters) =>
    [
        .. filters.MinAllocatableResources.Quantities.Select(static set => ResourceQuantities.From(
            set.Quantities.Select(static pair => KeyValuePair.Create(pair.Key, Thousandths.FromDouble(Math.Min(pair.Value.Value, Thousandths.ToDouble(Thousandths.Max))))))),
    ];

    private static Abilities AbilitiesOf(FrameworkInfo info)
    {
        var abilities = Abilities.None;
        foreach (var capability in info.Capabilities)
        {
            abilities |= capability.Type switch
            {
                Capability.RevocableResources => Abilities.RevocableResources,
                Capability.GpuResources => Abilities.GpuResources,
                Capability.RegionAware => Abilities.RegionAware,
                Capability.ReservationRefinement => Abilities.ReservationRefinement,
                _ => Abilities.None,
            };
        }

        return abilities;
    }
}
