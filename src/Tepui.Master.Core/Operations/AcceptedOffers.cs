using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Operations;

/// <summary>What the operations of one ACCEPT work on.</summary>
internal sealed class AcceptedOffers(Framework framework, Agent agent, string role, ResourceSet resources)
{
    /// <summary>Who accepted.</summary>
    public Framework Framework { get; } = framework;

    /// <summary>Whose resources they are.</summary>
    public Agent Agent { get; } = agent;

    /// <summary>The role the offers were for.</summary>
    public string Role { get; } = role;

    /// <summary>What no operation has used yet, with the allocation role.</summary>
    public ResourceSet Remaining { get; set; } = resources;
}
