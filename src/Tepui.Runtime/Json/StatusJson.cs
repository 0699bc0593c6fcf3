using System.Text.Json;
using Tepui.Protocol.V1;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Runtime.Json;

/// <summary>Status updates as the v0 routes show them: without message, reason, source and uuid.</summary>
public static class StatusJson
{
    /// <summary>Writes one status.</summary>
    public static void Write(Utf8JsonWriter json, TaskStatus status)
    {
        json.WriteStartObject();
        json.WriteString("state"u8, EnumName.Of(status.State));
        JsonValues.Number(json, "timestamp"u8, status.Timestamp);
        if (status.Labels is { } labels)
        {
            JsonValues.Labels(json, "labels"u8, labels);
        }

        if (status.ContainerStatus is { } container)
        {
            WriteContainer(json, container);
        }

        if (status.HasHealthy)
        {
            json.WriteBoolean("healthy"u8, status.Healthy);
        }

        json.WriteEndObject();
    }

    private static void WriteContainer(Utf8JsonWriter json, ContainerStatus container)
    {
        json.WriteStartObject("container_status"u8);
        MessageText.Member(json, "container_id"u8, container.ContainerId);
        if (container.NetworkInfos.Count > 0)
        {
            json.WriteStartArray("network_infos"u8);
            foreach (var network in container.NetworkInfos)
            {
                WriteNetwork(json, network);
            }

            json.WriteEndArray();
        }

        MessageText.Member(json, "cgroup_info"u8, container.CgroupInfo);
        json.WriteEndObject();
    }

    private static void WriteNetwork(Utf8JsonWriter json, NetworkInfo network)
    {
        json.WriteStartObject();
        if (network.Groups.Count > 0)
        {
            json.WriteStartArray("groups"u8);
            foreach (var group in network.Groups)
            {
                json.WriteStringValue(group);
            }

            json.WriteEndArray();
        }

        if (network.Labels is { } labels)
        {
            JsonValues.Labels(json, "labels"u8, labels);
        }

        if (network.IpAddresses.Count > 0)
        {
            json.WriteStartArray("ip_addresses"u8);
            foreach (var address in network.IpAddresses)
            {
                MessageText.Value(json, address);
            }

            json.WriteEndArray();
        }

        if (network.HasName)
        {
            json.WriteString("name"u8, network.Name);
        }

        if (network.PortMappings.Count > 0)
        {
            json.WriteStartArray("port_mappings"u8);
            foreach (var mapping in network.PortMappings)
            {
                MessageText.Value(json, mapping);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
