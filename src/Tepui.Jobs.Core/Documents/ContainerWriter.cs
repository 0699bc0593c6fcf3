using System.Globalization;
using System.Text.Json;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Writes the container of a job.</summary>
internal static class ContainerWriter
{
    /// <summary>Writes it as an object.</summary>
    public static void Write(Utf8JsonWriter json, ContainerSpec container)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, container.Type);
        json.WriteString("image"u8, container.Image);
        json.WriteString("network"u8, container.Network);
        if (container.NetworkName is { } name)
        {
            json.WriteString("networkName"u8, name);
        }

        Each(json, "networkInfos"u8, container.NetworkInfos, Network);
        Each(json, "volumes"u8, container.Volumes, Volume);
        json.WriteBoolean("forcePullImage"u8, container.ForcePullImage);
        Each(json, "parameters"u8, container.Parameters, Parameter);
        json.WriteEndObject();
    }

    private static void Network(Utf8JsonWriter json, NetworkInfo network)
    {
        json.WriteString("name"u8, network.Name);
        if (network.Protocol is { } protocol)
        {
            json.WriteString("protocol"u8, protocol);
        }

        Each(json, "labels"u8, network.Labels, Parameter);
        Each(json, "portMappings"u8, network.PortMappings, Mapping);
    }

    // Ports are texts here.
    private static void Mapping(Utf8JsonWriter json, PortMapping mapping)
    {
        json.WriteString("hostPort"u8, mapping.HostPort.ToString(CultureInfo.InvariantCulture));
        json.WriteString("containerPort"u8, mapping.ContainerPort.ToString(CultureInfo.InvariantCulture));
        if (mapping.Protocol is { } protocol)
        {
            json.WriteString("protocol"u8, protocol);
        }
    }

    private static void Volume(Utf8JsonWriter json, ContainerVolume volume)
    {
        if (volume.HostPath is { } path)
        {
            json.WriteString("hostPath"u8, path);
        }

        json.WriteString("containerPath"u8, volume.ContainerPath);
        if (volume.Mode is { } mode)
        {
            json.WriteString("mode"u8, mode);
        }

        if (volume.External is not { } external)
        {
            return;
        }

        json.WriteStartObject("external"u8);
        json.WriteString("name"u8, external.Name);
        json.WriteString("provider"u8, external.Provider);
        Each(json, "options"u8, external.Options, Parameter);
        json.WriteEndObject();
    }

    private static void Parameter(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteString("key"u8, parameter.Key);
        json.WriteString("value"u8, parameter.Value);
    }

    private static void Each<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
