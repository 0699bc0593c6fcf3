using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Pods;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Pods as JSON.</summary>
public static class PodDocument
{
    /// <summary>Writes the members of a pod in canonical form into an open object.</summary>
    /// <param name="writer">In an open object.</param>
    /// <param name="pod">What to write.</param>
    /// <param name="hasVersionInfo">Also the times of the last scaling and the last change of configuration, which stored pods need and clients do not know.</param>
    public static void WriteMembers(Utf8JsonWriter writer, PodSpec pod, bool hasVersionInfo = false)
    {
        writer.WriteString("id"u8, pod.Id.Value);
        writer.WriteStringsIfAny("labels"u8, pod.Labels);
        writer.WriteVersion(pod);
        if (hasVersionInfo)
        {
            writer.WriteVersionInfo(pod);
        }

        writer.WriteText("user"u8, pod.User);
        writer.WriteEnv("environment"u8, pod.Env);
        writer.WriteList("containers"u8, pod.Containers, PodContainerWriter.Container);
        writer.WriteSecrets(pod.Secrets);
        writer.WriteListIfAny("volumes"u8, pod.Volumes, PodContainerWriter.Volume);
        writer.WriteListIfAny("networks"u8, pod.Networks, PartWriter.Network);
        writer.WriteStartObject("scaling"u8);
        writer.WriteString("kind"u8, "fixed"u8);
        writer.WriteNumber("instances"u8, pod.Instances);
        writer.WriteEndObject();
        WriteScheduling(writer, pod);
        writer.WriteExecutorResources(pod.ExecutorResources);
        writer.WriteString("role"u8, pod.Role);
        writer.WriteLinux(pod.LinuxInfo);
        writer.WriteFlagIf("legacySharedCgroups"u8, pod.LegacySharedCgroups);
    }

    /// <summary>The whole document with everything that <see cref="Read"/> needs to give the same pod.</summary>
    public static byte[] Write(PodSpec pod) => SpecBytes.Of(writer => WriteMembers(writer, pod, hasVersionInfo: true));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static PodSpec Read(ReadOnlyMemory<byte> document) => PodReader.Read(JsonNode.Parse(document.Span)!.AsObject());

    private static void WriteScheduling(Utf8JsonWriter writer, PodSpec pod)
    {
        writer.WriteStartObject("scheduling"u8);
        writer.WriteStartObject("backoff"u8);
        writer.WriteSeconds("backoff"u8, pod.Backoff.Initial);
        writer.WriteNumber("backoffFactor"u8, pod.Backoff.Factor);
        writer.WriteSeconds("maxLaunchDelay"u8, pod.Backoff.Max);
        writer.WriteEndObject();
        writer.WriteUpgrade("upgrade"u8, pod.Upgrade);
        writer.WriteStartObject("placement"u8);
        writer.WriteListIfAny("constraints"u8, pod.Constraints, (w, constraint) =>
        {
            w.WriteString("fieldName"u8, constraint.Field);
            w.WriteString("operator"u8, Words.Of(constraint.Operator));
            w.WriteText("value"u8, constraint.Value);
        });
        writer.WriteTextsIfAny("acceptedResourceRoles"u8, pod.AcceptedResourceRoles);
        writer.WriteEndObject();
        writer.WriteString("killSelection"u8, Words.Of(pod.KillSelection));
        writer.WriteUnreachable(pod.Unreachable);
        writer.WriteDeployment(pod.Deployment);
        writer.WriteEndObject();
    }
}
