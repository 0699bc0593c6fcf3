using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>A client wants nothing of an agent that lies within what it refused, until the deadline.</summary>
internal sealed class RefusalFilter(Client client, AgentEntry agent, ResourceSet refused, DateTimeOffset deadline)
{
    public Client Client { get; } = client;

    public AgentEntry Agent { get; } = agent;

    public ResourceSet Refused { get; } = refused;

    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Whether it was taken away before its deadline.</summary>
    public bool IsDropped { get; set; }

    /// <summary>The client's next filter for the same agent.</summary>
    public RefusalFilter? Next { get; set; }
}
