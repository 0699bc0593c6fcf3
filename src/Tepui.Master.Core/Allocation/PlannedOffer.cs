using Tepui.Model.Identifiers;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>One offer to be made: what is free on one agent, for one framework in one role.</summary>
/// <param name="Framework">Who gets it.</param>
/// <param name="Role">In which of its roles.</param>
/// <param name="Agent">Where.</param>
/// <param name="Resources">What, allocated to <paramref name="Role"/>.</param>
public sealed record PlannedOffer(FrameworkId Framework, string Role, AgentId Agent, ResourceSet Resources);
