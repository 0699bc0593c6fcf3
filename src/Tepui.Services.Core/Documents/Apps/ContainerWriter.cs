using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Apps;

/// <summary>Writes the container of an app.</summary>
internal static class ContainerWriter
{
    public static void WriteContainer(this Utf8JsonWriter writer, AppContainer? container)
    {
        if (container is null)
        {
            return;
        }

        writer.WriteStartObject("container"u8);
        writer.WriteString("type"u8, container.IsDocker ? "DOCKER"u8 : "MESOS"u8);
        WriteImage(writer, container.Docker);
        writer.WriteList("volumes"u8, container.Volumes, Volume);
        if (container.PortMappings is { } mappings)
        {
            writer.WriteList("portMappings"u8, mappings, PortMapping);
        }

        writer.WriteLinux(container.LinuxInfo);
        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, DockerImage? docker)
    {
        if (docker is null)
        {
            return;
        }

        writer.WriteStartObject("docker"u8);
        writer.WriteBoolean("forcePullImage"u8, docker.ForcePull);
        writer.WriteString("image"u8, docker.Image);
        writer.WriteList("parameters"u8, docker.Parameters, (w, option) =>
        {
            w.WriteString("key"u8, option.Key);
            w.WriteString("value"u8, option.Value);
        });
        writer.WriteBoolean("privileged"u8, docker.Privileged);
        if (docker.PullSecret is not null)
        {
            writer.WriteStartObject("pullConfig"u8);
            writer.WriteString("secret"u8, docker.PullSecret);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void PortMapping(Utf8JsonWriter writer, PortMapping mapping)
    {
        writer.WriteNumber("containerPort"u8, mapping.ContainerPort);
        writer.WriteNumberIf("hostPort"u8, mapping.HostPort);
        writer.WriteStrings("labels"u8, mapping.Labels);
        writer.WriteText("name"u8, mapping.Name);
        writer.WriteString("protocol"u8, mapping.Protocol);
        writer.WriteNumber("servicePort"u8, mapping.ServicePort);
        writer.WriteTextsIfAny("networkNames"u8, mapping.NetworkNames);
    }

    private static void Volume(Utf8JsonWriter writer, AppVolume volume)
    {
        writer.WriteString("containerPath"u8, volume.ContainerPath);
        writer.WriteText("hostPath"u8, volume.HostPath);
        if (volume.HasMode)
        {
            writer.WriteString("mode"u8, volume.ReadOnly ? "RO"u8 : "RW"u8);
        }

        if (volume.Persistent is not null)
        {
            writer.WritePersistent(volume.Persistent);
        }

        if (volume.External is { } external)
        {
            WriteExternal(writer, external);
        }

        writer.WriteText("secret"u8, volume.Secret);
    }

    private static void WriteExternal(Utf8JsonWriter writer, ExternalVolume external)
    {
        writer.WriteStartObject("external"u8);
        writer.WriteNumberIf("size"u8, external.SizeGb);
        writer.WriteText("name"u8, external.Name);
        writer.WriteString("provider"u8, external.Provider);
        if (external.OptionsJson != "{}")
        {
            writer.WritePropertyName("options"u8);
            writer.WriteRawValue(external.OptionsJson, skipInputValidation: true);
        }

        if (external.Provider != "csi")
        {
            writer.WriteBoolean("shared"u8, external.Shared);
        }

        writer.WriteEndObject();
    }
}
