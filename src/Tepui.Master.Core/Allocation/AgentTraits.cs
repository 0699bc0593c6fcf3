using Attribute = Tepui.Protocol.V1.Attribute;

namespace Tepui.Master.Core.Allocation;

/// <summary>What the allocator needs to know of an agent besides its resources.</summary>
/// <param name="Hostname">As the agent gave it.</param>
/// <param name="Region">Of its fault domain, if it has one.</param>
/// <param name="Zone">Of its fault domain, if it has one.</param>
/// <param name="Attributes">As the agent gave them; none if <see langword="null"/>.</param>
public sealed record AgentTraits(string Hostname, string? Region = null, string? Zone = null, IReadOnlyList<Attribute>? Attributes = null);
