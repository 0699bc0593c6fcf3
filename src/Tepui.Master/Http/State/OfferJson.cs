using System.Text.Json;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary>Outstanding offers as the v0 routes show them.</summary>
internal static class OfferJson
{
    /// <summary>One per offer; offers never change.</summary>
    public static FragmentCache<Offer> Fragments { get; } = new(Write);

    private static void Write(Utf8JsonWriter json, Offer offer)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, offer.Id.Value);
        json.WriteString("framework_id"u8, offer.FrameworkId.Value);
        json.WriteStartObject("allocation_info"u8);
        if (offer.AllocationInfo is { HasRole: true } allocation)
        {
            json.WriteString("role"u8, allocation.Role);
        }

        json.WriteEndObject();
        json.WriteString("slave_id"u8, offer.AgentId.Value);
        ResourcesJson.Write(json, "resources"u8, offer.Resources);
        json.WriteEndObject();
    }
}
