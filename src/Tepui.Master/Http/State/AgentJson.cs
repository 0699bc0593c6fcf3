using System.Text.Json;
using Tepui.Master.Core.Views;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary>Agents as the v0 routes show them.</summary>
internal static class AgentJson
{
    /// <summary>As in <c>/state</c>.</summary>
    public static FragmentCache<AgentView> Fragments { get; } = new((json, agent) =>
    {
        json.WriteStartObject();
        WriteMembers(json, agent);
        json.WriteEndObject();
    });

    /// <summary>As in <c>/slaves</c>: with full resources.</summary>
    public static FragmentCache<AgentView> FullFragments { get; } = new((json, agent) =>
    {
        json.WriteStartObject();
        WriteMembers(json, agent);
        WriteFull(json, agent);
        json.WriteEndObject();
    });

    /// <summary>Writes an agent of the registry that has not come back yet.</summary>
    public static void WriteRecovered(Utf8JsonWriter json, AgentInfo agent)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, agent.Id.Value);
        json.WriteString("hostname"u8, agent.Hostname);
        json.WriteNumber("port"u8, agent.Port);
        AttributesJson.Write(json, agent);
        MessageText.Member(json, "domain"u8, agent.Domain);
        json.WriteEndObject();
    }

    /// <summary>How actor-style clients address an agent.</summary>
    public static string Pid(AgentView agent) => $"slave(1)@{agent.Ip}:{agent.Info.Port}";

    /// <summary>Writes the members all routes show of an agent.</summary>
    public static void WriteMembers(Utf8JsonWriter json, AgentView agent)
    {
        json.WriteString("id"u8, agent.Info.Id.Value);
        json.WriteString("hostname"u8, agent.Info.Hostname);
        json.WriteNumber("port"u8, agent.Info.Port);
        AttributesJson.Write(json, agent.Info);
        MessageText.Member(json, "domain"u8, agent.Info.Domain);
        json.WriteString("pid"u8, Pid(agent));
        JsonValues.Time(json, "registered_time"u8, agent.Registered);
        if (agent.Reregistered is { } reregistered)
        {
            JsonValues.Time(json, "reregistered_time"u8, reregistered);
        }

        ResourcesJson.Write(json, "resources"u8, agent.Total);
        ResourcesJson.Write(json, "used_resources"u8, agent.Allocated);
        ResourcesJson.Write(json, "offered_resources"u8, agent.Offered);
        json.WriteStartObject("reserved_resources"u8);
        foreach (var role in agent.Total.ReservedRoles)
        {
            json.WritePropertyName(role);
            ResourcesJson.Write(json, agent.Total.Reserved(role));
        }

        json.WriteEndObject();
        ResourcesJson.Write(json, "unreserved_resources"u8, agent.Total.Unreserved);
        json.WriteBoolean("active"u8, agent.Active);
        json.WriteBoolean("deactivated"u8, false);
        json.WriteString("version"u8, agent.Version);
        json.WriteStartArray("capabilities"u8);
        foreach (var capability in agent.Capabilities)
        {
            json.WriteStringValue(EnumName.Of(capability.Type));
        }

        json.WriteEndArray();
    }

    private static void WriteFull(Utf8JsonWriter json, AgentView agent)
    {
        json.WriteStartObject("reserved_resources_full"u8);
        foreach (var role in agent.Total.ReservedRoles)
        {
            json.WritePropertyName(role);
            WriteFull(json, agent.Total.Reserved(role));
        }

        json.WriteEndObject();
        json.WritePropertyName("unreserved_resources_full"u8);
        WriteFull(json, agent.Total.Unreserved);
        json.WritePropertyName("used_resources_full"u8);
        WriteFull(json, agent.Allocated);
        json.WritePropertyName("offered_resources_full"u8);
        WriteFull(json, agent.Offered);
    }

    private static void WriteFull(Utf8JsonWriter json, ResourceSet resources)
    {
        json.WriteStartArray();
        foreach (var resource in ResourceWire.ForReaders(resources))
        {
            MessageText.Value(json, resource);
        }

        json.WriteEndArray();
    }
}
