using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Apps;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Apps as JSON.</summary>
public static class AppDocument
{
    /// <summary>Writes the members of an app in canonical form into an open object; the caller adds counts, tasks and the like and closes it.</summary>
    /// <param name="writer">In an open object.</param>
    /// <param name="app">What to write.</param>
    /// <param name="hasVersionInfo">Also the times of the last scaling and the last change of configuration; stored apps need them, the answer to a creation has none.</param>
    public static void WriteMembers(Utf8JsonWriter writer, AppSpec app, bool hasVersionInfo = true)
    {
        writer.WriteString("id"u8, app.Id.Value);
        WriteProgram(writer, app);
        WritePlacement(writer, app);
        WriteNetwork(writer, app);
        WriteChecks(writer, app);
        WriteReplacement(writer, app);
        writer.WriteStrings("labels"u8, app.Labels);
        writer.WriteSecrets(app.Secrets);
        writer.WriteDeployment(app.Deployment);
        writer.WriteAutoscaling(app.Autoscaling);
        writer.WriteListIfAny("schedule"u8, app.Schedule, ExtensionWriter.ScheduledScale);
        writer.WriteVersion(app);
        if (hasVersionInfo)
        {
            writer.WriteVersionInfo(app);
        }
    }

    /// <summary>The whole document with everything that <see cref="Read"/> needs to give the same app.</summary>
    public static byte[] Write(AppSpec app) => SpecBytes.Of(writer => WriteMembers(writer, app));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static AppSpec Read(ReadOnlyMemory<byte> document) => AppReader.Read(JsonNode.Parse(document.Span)!.AsObject());

    private static void WriteProgram(Utf8JsonWriter writer, AppSpec app)
    {
        if (app.Args is not null)
        {
            writer.WriteTexts("args"u8, app.Args);
        }

        writer.WriteText("cmd"u8, app.Cmd);
        writer.WriteContainer(app.Container);
        writer.WriteNumber("cpus"u8, app.Cpus);
        writer.WriteNumber("mem"u8, app.Mem);
        writer.WriteNumber("disk"u8, app.Disk);
        writer.WriteNumber("gpus"u8, app.Gpus);
        writer.WriteLimits(app.ResourceLimits);
        writer.WriteString("executor"u8, app.Executor);
        writer.WriteExecutorResources(app.ExecutorResources);
        writer.WriteEnv("env"u8, app.Env);
        writer.WriteListIfAny("fetch"u8, app.Fetch, PartWriter.Artifact);
        writer.WriteText("user"u8, app.User);
        writer.WriteFlagIf("tty"u8, app.Tty);
    }

    private static void WritePlacement(Utf8JsonWriter writer, AppSpec app)
    {
        writer.WriteNumber("instances"u8, app.Instances);
        writer.WriteString("role"u8, app.Role);
        writer.WriteTextsIfAny("acceptedResourceRoles"u8, app.AcceptedResourceRoles);
        if (app.Constraints.Count > 0)
        {
            writer.WriteConstraints(app.Constraints);
        }

        if (app.Dependencies.Count > 0)
        {
            writer.WriteStartArray("dependencies"u8);
            foreach (var id in app.Dependencies)
            {
                writer.WriteStringValue(id.Value);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteNetwork(Utf8JsonWriter writer, AppSpec app)
    {
        writer.WriteList("networks"u8, app.Networks, PartWriter.Network);
        if (app.IsHostNetworked)
        {
            writer.WriteList("portDefinitions"u8, app.PortDefinitions, (w, port) =>
            {
                w.WriteNumber("port"u8, port.Port);
                w.WriteText("name"u8, port.Name);
                w.WriteString("protocol"u8, port.Protocol);
                w.WriteStringsIfAny("labels"u8, port.Labels);
            });
        }

        writer.WriteBoolean("requirePorts"u8, app.RequirePorts);
    }

    private static void WriteChecks(Utf8JsonWriter writer, AppSpec app)
    {
        writer.WriteListIfAny("healthChecks"u8, app.HealthChecks, CheckWriter.AppHealthCheck);
        writer.WriteListIfAny("readinessChecks"u8, app.ReadinessChecks, CheckWriter.ReadinessCheck);
        writer.WriteCheck(app.Check);
    }

    private static void WriteReplacement(Utf8JsonWriter writer, AppSpec app)
    {
        writer.WriteSeconds("backoffSeconds"u8, app.Backoff.Initial);
        writer.WriteNumber("backoffFactor"u8, app.Backoff.Factor);
        writer.WriteSeconds("maxLaunchDelaySeconds"u8, app.Backoff.Max);
        writer.WriteUpgrade("upgradeStrategy"u8, app.Upgrade);
        writer.WriteUnreachable(app.Unreachable);
        writer.WriteString("killSelection"u8, Words.Of(app.KillSelection));
        if (app.TaskKillGracePeriod is { } grace)
        {
            writer.WriteSeconds("taskKillGracePeriodSeconds"u8, grace);
        }

        if (app.Residency is { } residency)
        {
            writer.WriteStartObject("residency"u8);
            writer.WriteNumber("relaunchEscalationTimeoutSeconds"u8, residency.RelaunchEscalationTimeoutSeconds);
            writer.WriteString("taskLostBehavior"u8, residency.TaskLostBehavior);
            writer.WriteEndObject();
        }
    }
}
