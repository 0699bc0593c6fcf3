using System.Collections.Immutable;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Usage = Tepui.Protocol.Link.AgentFrame.Types.Usage;

namespace Tepui.Master.Core.Views;

/// <summary>All a reader may know of a master, at one moment. Immutable, as is everything reachable from it; wire messages in it must not be changed.</summary>
public sealed record MasterView
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Taken { get; init; }

    /// <summary>Counts every step that changed something; equal numbers mean equal views.</summary>
    public required long Version { get; init; }

    /// <summary>Registered agents, connected or not, by id.</summary>
    public required ImmutableArray<AgentView> Agents { get; init; }

    /// <summary>Agents in the registry that have not come back since this master started.</summary>
    public required ImmutableArray<AgentInfo> RecoveredAgents { get; init; }

    /// <summary>Number of agents in the registry marked unreachable.</summary>
    public required int UnreachableAgents { get; init; }

    /// <summary>Frameworks not yet completed, by id.</summary>
    public required ImmutableArray<FrameworkView> Frameworks { get; init; }

    /// <summary>Torn down or timed out, oldest first.</summary>
    public required ImmutableArray<FrameworkView> CompletedFrameworks { get; init; }

    /// <summary>Known roles (with frameworks, reservations or weights, and their ancestors), by name.</summary>
    public required ImmutableArray<RoleView> Roles { get; init; }

    /// <summary>Counters since the start of this master, by metric name as in <c>master/tasks_finished</c>.</summary>
    public required ImmutableSortedDictionary<string, long> Counters { get; init; }
}

/// <summary>One agent.</summary>
public sealed record AgentView
{
    /// <summary>Id, hostname, port, resources, attributes.</summary>
    public required AgentInfo Info { get; init; }

    /// <summary>Address it is reached at, an IP literal.</summary>
    public required string Ip { get; init; }

    /// <summary>Tepui's version there.</summary>
    public required string Version { get; init; }

    /// <summary>What it can do.</summary>
    public required ImmutableArray<AgentInfo.Types.Capability> Capabilities { get; init; }

    /// <summary>Whether its link is open.</summary>
    public required bool Connected { get; init; }

    /// <summary>Whether it is offered: connected and not deactivated.</summary>
    public required bool Active { get; init; }

    /// <summary>When it first registered with this master.</summary>
    public required DateTimeOffset Registered { get; init; }

    /// <summary>When it last came back, if it did.</summary>
    public DateTimeOffset? Reregistered { get; init; }

    /// <summary>All it has.</summary>
    public required ResourceSet Total { get; init; }

    /// <summary>Taken by tasks and executors, with allocation roles.</summary>
    public required ResourceSet Allocated { get; init; }

    /// <summary>In outstanding offers, with allocation roles.</summary>
    public required ResourceSet Offered { get; init; }

    /// <summary>What its tasks really use, as last reported.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Executors of frameworks running there (never those of command tasks); framework_id is set.</summary>
    public required ImmutableArray<ExecutorInfo> Executors { get; init; }
}

/// <summary>One framework.</summary>
public sealed record FrameworkView
{
    /// <summary>Its id.</summary>
    public required FrameworkId Id { get; init; }

    /// <summary>As it last subscribed; id is set.</summary>
    public required FrameworkInfo Info { get; init; }

    /// <summary>Whether it gets offers.</summary>
    public required bool Active { get; init; }

    /// <summary>Whether its stream is open.</summary>
    public required bool Connected { get; init; }

    /// <summary>Known only through agents or the registry so far.</summary>
    public required bool Recovered { get; init; }

    /// <summary>When it first subscribed to this master.</summary>
    public required DateTimeOffset Registered { get; init; }

    /// <summary>When it last subscribed; equal to <see cref="Registered"/> at first.</summary>
    public required DateTimeOffset Reregistered { get; init; }

    /// <summary>When it was removed; <see langword="null"/> while it lives.</summary>
    public DateTimeOffset? Unregistered { get; init; }

    /// <summary>Roles it does not want offers for.</summary>
    public required ImmutableArray<string> SuppressedRoles { get; init; }

    /// <summary>What it asks of agents before they are offered, if it asks anything.</summary>
    public Protocol.V1.Scheduler.OfferConstraints? OfferConstraints { get; init; }

    /// <summary>Taken by its tasks and executors, over all agents.</summary>
    public required ResourceSet Allocated { get; init; }

    /// <summary>In its outstanding offers, over all agents.</summary>
    public required ResourceSet Offered { get; init; }

    /// <summary>Offers not answered yet, by id.</summary>
    public required ImmutableArray<Offer> Offers { get; init; }

    /// <summary>Tasks not yet done with (ended but unacknowledged included), in order of launch.</summary>
    public required ImmutableArray<TaskView> Tasks { get; init; }

    /// <summary>Tasks on unreachable agents.</summary>
    public required ImmutableArray<TaskView> UnreachableTasks { get; init; }

    /// <summary>Ended tasks, oldest first.</summary>
    public required ImmutableArray<TaskView> CompletedTasks { get; init; }

    /// <summary>Its executors by agent (never those of command tasks).</summary>
    public required ImmutableArray<(AgentId Agent, ExecutorInfo Executor)> Executors { get; init; }
}

/// <summary>One task as the master knows it. Replaced, never changed, when it changes.</summary>
/// <param name="Task">The wire's own record: state, resources with allocation_info, statuses (one per distinct consecutive state, without data).</param>
/// <param name="Added">When the master took it in.</param>
public sealed record TaskView(Protocol.V1.Task Task, DateTimeOffset Added);

/// <summary>One role.</summary>
/// <param name="Name">Its full path.</param>
/// <param name="Weight">1 unless set.</param>
/// <param name="WeightIsSet">Whether an operator set the weight.</param>
/// <param name="Frameworks">Frameworks subscribed to it, or with resources in it, by id.</param>
/// <param name="Allocated">Taken, over all agents and frameworks.</param>
/// <param name="Offered">In outstanding offers.</param>
/// <param name="Reserved">Reserved to it, used or not.</param>
/// <param name="DominantShare">Largest share of any scalar in the pool, divided by the weight, 0 and up.</param>
public sealed record RoleView(
    string Name,
    double Weight,
    bool WeightIsSet,
    ImmutableArray<FrameworkId> Frameworks,
    ResourceSet Allocated,
    ResourceSet Offered,
    ResourceSet Reserved,
    double DominantShare);
