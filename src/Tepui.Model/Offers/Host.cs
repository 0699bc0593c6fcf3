using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Model.Offers;

/// <summary>An agent as offers and statuses name it; one object for all that is there.</summary>
/// <param name="Agent">Id.</param>
/// <param name="Hostname">Name it advertises.</param>
/// <param name="Region">Region, if it has one.</param>
/// <param name="Zone">Zone, if it has one.</param>
/// <param name="Attributes">Attribute values as constraints see them, by name.</param>
public sealed record Host(AgentId Agent, string Hostname, string? Region, string? Zone, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Where an offer is.</summary>
    public static Host Read(Offer offer)
    {
        var domain = offer.Domain?.FaultDomain;
        return new(AgentId.From(offer.AgentId), offer.Hostname, domain?.Region?.Name, domain?.Zone?.Name, AttributeValues.Read(offer.Attributes));
    }

    /// <summary>Whether the other is the same agent, with the same names and attributes.</summary>
    public bool IsSame(Host other) =>
        Agent == other.Agent && Hostname == other.Hostname && Region == other.Region && Zone == other.Zone && Attributes.Count == other.Attributes.Count
        && Attributes.All(pair => other.Attributes.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
