using System.Text.Json;
using Tepui.Services.Core.Views;
using Attribute = Tepui.Protocol.V1.Attribute;
using Resource = Tepui.Protocol.V1.Resource;
using Value = Tepui.Protocol.V1.Value;

namespace Tepui.Services.Rest.Json;

/// <summary>Offers that did not do, and why.</summary>
internal static class UnusedOfferJson
{
    /// <summary>Writes <c>lastUnusedOffers</c> as a member of the open object.</summary>
    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<UnusedOffer> offers)
    {
        json.WriteStartArray("lastUnusedOffers"u8);
        foreach (var unused in offers)
        {
            json.WriteStartObject();
            json.WriteStartObject("offer"u8);
            json.WriteString("id"u8, unused.Offer.Id.Value);
            json.WriteString("hostname"u8, unused.Offer.Hostname);
            json.WriteString("agentId"u8, unused.Offer.AgentId.Value);
            json.WriteStartArray("resources"u8);
            foreach (var resource in unused.Offer.Resources)
            {
                WriteResource(json, resource);
            }

            json.WriteEndArray();
            json.WriteStartArray("attributes"u8);
            foreach (var attribute in unused.Offer.Attributes)
            {
                WriteAttribute(json, attribute);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteTexts("reason"u8, unused.Reasons);
            json.WriteTime("timestamp"u8, unused.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResource(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, resource.Name);
        json.WriteString("role"u8, resource.Reservations.Count > 0 ? resource.Reservations[^1].Role : "*");
        WriteValue(json, resource.Scalar, resource.Ranges, resource.Set);
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, Attribute attribute)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, attribute.Name);
        json.WriteIfSet("text"u8, attribute.Text?.Value);
        WriteValue(json, attribute.Scalar, attribute.Ranges, attribute.Set);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, Value.Types.Scalar? scalar, Value.Types.Ranges? ranges, Value.Types.Set? set)
    {
        if (scalar is not null)
        {
            json.WriteNumber("scalar"u8, scalar.Value);
        }

        if (ranges is not null)
        {
            json.WriteStartArray("ranges"u8);
            foreach (var range in ranges.Range)
            {
                json.WriteStartObject();
                json.WriteNumber("begin"u8, range.Begin);
                json.WriteNumber("end"u8, range.End);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (set is not null)
        {
            json.WriteTexts("set"u8, set.Item);
        }
    }
}
