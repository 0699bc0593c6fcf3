using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Pods;

/// <summary>Writes containers and volumes of a pod.</summary>
internal static class PodContainerWriter
{
    public static void Container(Utf8JsonWriter writer, PodContainer container)
    {
        writer.WriteString("name"u8, container.Name);
        writer.WriteExec(container.Shell, container.Argv, container.OverrideEntrypoint);
        writer.WriteStartObject("resources"u8);
        writer.WriteNumber("cpus"u8, container.Cpus);
        writer.WriteNumber("mem"u8, container.Mem);
        writer.WriteNumber("disk"u8, container.Disk);
        writer.WriteNumber("gpus"u8, container.Gpus);
        writer.WriteEndObject();
        writer.WriteLimits(container.ResourceLimits);
        writer.WriteListIfAny("endpoints"u8, container.Endpoints, Endpoint);
        WriteImage(writer, container.Image);
        writer.WriteEnv("environment"u8, container.Env);
        writer.WriteText("user"u8, container.User);
        writer.WritePodHealth(container.HealthCheck);
        writer.WriteCheck(container.Check);
        writer.WriteListIfAny("volumeMounts"u8, container.VolumeMounts, (w, mount) =>
        {
            w.WriteString("name"u8, mount.Name);
            w.WriteString("mountPath"u8, mount.MountPath);
            w.WriteFlagIf("readOnly"u8, mount.ReadOnly);
        });
        writer.WriteListIfAny("artifacts"u8, container.Artifacts, PartWriter.Artifact);
        writer.WriteStringsIfAny("labels"u8, container.Labels);
        if (container.KillGracePeriod is { } grace)
        {
            writer.WriteStartObject("lifecycle"u8);
            writer.WriteSeconds("killGracePeriodSeconds"u8, grace);
            writer.WriteEndObject();
        }

        writer.WriteFlagIf("tty"u8, container.Tty);
        writer.WriteLinux(container.LinuxInfo);
    }

    public static void Volume(Utf8JsonWriter writer, PodVolume volume)
    {
        writer.WriteString("name"u8, volume.Name);
        writer.WriteText("host"u8, volume.Host);
        if (volume.Persistent is not null)
        {
            writer.WritePersistent(volume.Persistent);
        }

        writer.WriteText("secret"u8, volume.Secret);
    }

    private static void Endpoint(Utf8JsonWriter writer, Endpoint endpoint)
    {
        writer.WriteString("name"u8, endpoint.Name);
        writer.WriteNumberIf("containerPort"u8, endpoint.ContainerPort);
        writer.WriteNumberIf("hostPort"u8, endpoint.HostPort);
        writer.WriteTexts("protocol"u8, endpoint.Protocols);
        writer.WriteStringsIfAny("labels"u8, endpoint.Labels);
        writer.WriteTextsIfAny("networkNames"u8, endpoint.NetworkNames);
    }

    private static void WriteImage(Utf8JsonWriter writer, PodImage? image)
    {
        if (image is null)
        {
            return;
        }

        writer.WriteStartObject("image"u8);
        writer.WriteString("kind"u8, image.Kind);
        writer.WriteString("id"u8, image.Id);
        if (image.PullSecret is not null)
        {
            writer.WriteStartObject("pullConfig"u8);
            writer.WriteString("secret"u8, image.PullSecret);
            writer.WriteEndObject();
        }

        writer.WriteFlagIf("forcePull"u8, image.ForcePull);
        writer.WriteStringsIfAny("labels"u8, image.Labels);
        writer.WriteEndObject();
    }
}
