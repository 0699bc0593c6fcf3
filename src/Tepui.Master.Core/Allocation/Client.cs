using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>A framework in one role: what offers are made to.</summary>
internal sealed class Client(FrameworkEntry framework, string role)
{
    public FrameworkEntry Framework { get; } = framework;

    public string Role { get; } = role;

    /// <summary>Its place in the order; set right after it is made.</summary>
    public ShareNode Node { get; set; } = null!;

    /// <summary>Subscribed to the role; a client that is not may still hold resources.</summary>
    public bool IsSubscribed { get; set; }

    public bool IsSuppressed { get; set; }

    /// <summary>Whether offers may be made to it.</summary>
    public bool IsActive => Framework.IsActive && IsSubscribed && !IsSuppressed;

    /// <summary>An offer holds at least one of these; empty is no minimum.</summary>
    public IReadOnlyList<ResourceQuantities> MinAllocatable { get; set; } = [];

    /// <summary>Which agents it wants; all if <see langword="null"/>.</summary>
    public OfferConstraint? Constraint { get; set; }

    /// <summary>Whether it is waiting to be looked at for every agent.</summary>
    public bool IsPending { get; set; }

    /// <summary>Number of the visit to an agent in which it was last looked at.</summary>
    public long Visit { get; set; }

    /// <summary>Agents it holds something of.</summary>
    public HashSet<AgentEntry> Agents { get; } = [];

    /// <summary>Its refusals in force, by agent; several of one agent are chained.</summary>
    public Dictionary<AgentEntry, RefusalFilter> Filters { get; } = [];
}
