using System.Text.Json;
using Tepui.Model.Offers;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Tasks of apps as clients read them.</summary>
internal static class AppTaskJson
{
    /// <summary>Whether an instance has a task to show.</summary>
    public static bool IsShown(Instance instance) => instance.Tasks.Count > 0 && (instance.Condition.IsActive() || instance.Condition == Condition.UnreachableInactive);

    /// <summary>Writes the tasks of the instances of an app as a member of the open object.</summary>
    public static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, ServicesView view, IEnumerable<Instance> instances)
    {
        json.WriteStartArray(name);
        WriteAll(json, view, instances);
        json.WriteEndArray();
    }

    /// <summary>Writes tasks as items of the open list.</summary>
    public static void WriteAll(Utf8JsonWriter json, ServicesView view, IEnumerable<Instance> instances)
    {
        foreach (var instance in instances.Where(IsShown))
        {
            Write(json, view, instance);
        }
    }

    /// <summary>Writes the task of an instance.</summary>
    public static void Write(Utf8JsonWriter json, ServicesView view, Instance instance)
    {
        var task = instance.Tasks.Count > 0 ? instance.Tasks[0] : null;
        json.WriteStartObject();
        json.WriteString("appId"u8, instance.Spec.Value);
        WriteHealth(json, view.Health.GetValueOrDefault(instance.Id) ?? []);
        json.WriteString("host"u8, instance.Host?.Hostname ?? "");
        json.WriteString("id"u8, task?.Id.Value ?? instance.Id.Value);
        WriteAddresses(json, task, instance.Host);
        WritePorts(json, task);
        WriteServicePorts(json, view, instance);
        json.WriteIfSet("slaveId"u8, instance.Host?.Agent.Value);
        json.WriteString("state"u8, EnumName.Of(StateOf(instance, task)));
        if (task is not null)
        {
            json.WriteTime("stagedAt"u8, task.StagedAt);
            json.WriteTimeIfSet("startedAt"u8, task.StartedAt);
            json.WriteTime("version"u8, instance.SpecVersion);
            WriteCheck(json, task.Check);
        }

        VolumeJson.Write(json, instance);
        json.WriteIfSet("region"u8, instance.Host?.Region);
        json.WriteIfSet("zone"u8, instance.Host?.Zone);
        json.WriteString("role"u8, instance.Role);
        json.WriteEndObject();
    }

    /// <summary>Writes addresses as a member of the open object: the task's own, else its agent's.</summary>
    public static void WriteAddresses(Utf8JsonWriter json, InstanceTask? task, Host? host)
    {
        json.WriteStartArray("ipAddresses"u8);
        foreach (var address in task?.Addresses ?? [])
        {
            json.WriteStartObject();
            json.WriteString("ipAddress"u8, address);
            json.WriteString("protocol"u8, address.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the ports on the agent as a member of the open object.</summary>
    public static void WritePorts(Utf8JsonWriter json, InstanceTask? task)
    {
        json.WriteStartArray("ports"u8);
        foreach (var port in task?.HostPorts ?? [])
        {
            if (port is { } mapped)
            {
                json.WriteNumberValue(mapped);
            }
        }

        json.WriteEndArray();
    }

    private static TaskState StateOf(Instance instance, InstanceTask? task) => instance.Condition switch
    {
        Condition.Unreachable or Condition.UnreachableInactive => TaskState.TaskUnreachable,
        Condition.Killing => TaskState.TaskKilling,
        _ => task?.State ?? TaskState.TaskStaging,
    };

    private static void WriteServicePorts(Utf8JsonWriter json, ServicesView view, Instance instance)
    {
        json.WriteStartArray("servicePorts"u8);
        var present = view.Tree.App(instance.Spec);
        var spec = present?.LastConfigChangeAt == instance.ConfigVersion ? present : view.VersionOf(instance.Spec, instance.SpecVersion) as AppSpec ?? present;
        foreach (var port in spec is null ? [] : SpecPorts.ServicePorts(spec))
        {
            json.WriteNumberValue(port);
        }

        json.WriteEndArray();
    }

    private static void WriteHealth(Utf8JsonWriter json, IReadOnlyList<HealthResult> results)
    {
        json.WriteStartArray("healthCheckResults"u8);
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteBoolean("alive"u8, result.Alive);
            json.WriteNumber("consecutiveFailures"u8, result.ConsecutiveFailures);
            json.WriteTimeIfSet("firstSuccess"u8, result.FirstSuccess);
            json.WriteTimeIfSet("lastFailure"u8, result.LastFailure);
            json.WriteTimeIfSet("lastSuccess"u8, result.LastSuccess);
            json.WriteIfSet("lastFailureCause"u8, result.LastFailureCause);
            json.WriteString("instanceId"u8, result.Instance.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCheck(Utf8JsonWriter json, CheckStatusInfo? check)
    {
        if (check is null)
        {
            return;
        }

        json.WriteStartObject("checkResult"u8);
        if (check.Http is { HasStatusCode: true } http)
        {
            json.WriteStartObject("http"u8);
            json.WriteNumber("statusCode"u8, http.StatusCode);
            json.WriteEndObject();
        }
        else if (check.Tcp is { HasSucceeded: true } tcp)
        {
            json.WriteStartObject("tcp"u8);
            json.WriteBoolean("succeeded"u8, tcp.Succeeded);
            json.WriteEndObject();
        }
        else if (check.Command is { HasExitCode: true } command)
        {
            json.WriteStartObject("command"u8);
            json.WriteNumber("exitCode"u8, command.ExitCode);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
