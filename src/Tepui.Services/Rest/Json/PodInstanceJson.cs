using System.Text.Json;
using Tepui.Runtime.Json;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>How an instance of a pod and its containers stand.</summary>
internal sealed class PodInstanceJson(ServicesView view)
{
    /// <summary>Whether an instance is shown: those that never were on an agent are not.</summary>
    public static bool IsShown(Instance instance) => instance.Host is not null && instance.Condition != Condition.Scheduled;

    /// <summary>How an instance stands, in one word.</summary>
    public static string StatusOf(Instance instance) => instance.Condition switch
    {
        Condition.Scheduled or Condition.Provisioned => "PENDING",
        Condition.Staging or Condition.Starting => "STAGING",
        Condition.Unreachable or Condition.UnreachableInactive => "DEGRADED",
        Condition.Running => instance.Healthy is false ? "DEGRADED" : "STABLE",
        _ => "TERMINAL",
    };

    /// <summary>Writes an instance as a value.</summary>
    public void Write(Utf8JsonWriter json, Instance instance, PodSpec pod)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, instance.Id.Value);
        json.WriteString("status"u8, StatusOf(instance));
        json.WriteTime("statusSince"u8, instance.Since);
        json.WriteStartArray("conditions"u8);
        json.WriteEndArray();
        json.WriteIfSet("agentHostname"u8, instance.Host?.Hostname);
        json.WriteIfSet("agentId"u8, instance.Host?.Agent.Value);
        json.WriteIfSet("agentRegion"u8, instance.Host?.Region);
        json.WriteIfSet("agentZone"u8, instance.Host?.Zone);
        WriteResources(json, instance, pod);
        WriteNetworks(json, instance, pod);
        json.WriteStartArray("containers"u8);
        foreach (var task in instance.Tasks)
        {
            WriteContainer(json, task, pod.Containers.FirstOrDefault(container => container.Name == task.Container));
        }

        json.WriteEndArray();
        json.WriteString("specReference"u8, $"/v2/pods{pod.Id}::versions/{Timestamps.Text(instance.SpecVersion)}");
        VolumeJson.Write(json, instance);
        json.WriteIfSet("message"u8, MessageOf(instance));
        json.WriteTime("lastUpdated"u8, view.At);
        json.WriteTime("lastChanged"u8, instance.Since);
        json.WriteString("role"u8, instance.Role);
        json.WriteEndObject();
    }

    private static string? MessageOf(Instance instance) => instance.Condition switch
    {
        Condition.Unreachable or Condition.UnreachableInactive => "pod instance has become unreachable",
        Condition.Running when instance.Healthy is false => "at least one container is not healthy",
        _ => instance.Tasks.Select(task => task.Message).FirstOrDefault(message => message is { Length: > 0 }),
    };

    private static void WriteResources(Utf8JsonWriter json, Instance instance, PodSpec pod)
    {
        var live = instance.Tasks.Where(task => task.EndedAt is null).Select(task => pod.Containers.FirstOrDefault(container => container.Name == task.Container)).OfType<PodContainer>().ToList();
        WriteResources(
            json,
            live.Sum(container => container.Cpus) + (pod.ExecutorResources?.Cpus ?? 0),
            live.Sum(container => container.Mem) + (pod.ExecutorResources?.Mem ?? 0),
            live.Sum(container => container.Disk) + (pod.ExecutorResources?.Disk ?? 0),
            live.Sum(container => container.Gpus));
    }

    private static void WriteResources(Utf8JsonWriter json, double cpus, double mem, double disk, int gpus)
    {
        json.WriteStartObject("resources"u8);
        // Sums of decimals, without their binary dust.
        json.WriteNumber("cpus"u8, Math.Round(cpus, 6));
        json.WriteNumber("mem"u8, Math.Round(mem, 6));
        json.WriteNumber("disk"u8, Math.Round(disk, 6));
        json.WriteNumber("gpus"u8, gpus);
        json.WriteEndObject();
    }

    private static void WriteNetworks(Utf8JsonWriter json, Instance instance, PodSpec pod)
    {
        json.WriteStartArray("networks"u8);
        var addresses = instance.Tasks.SelectMany(task => task.Addresses).Distinct(StringComparer.Ordinal).ToList();
        foreach (var network in pod.Networks.Where(network => network.Mode != NetworkMode.Host))
        {
            json.WriteStartObject();
            json.WriteIfSet("name"u8, network.Name);
            json.WriteTexts("addresses"u8, addresses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteContainer(Utf8JsonWriter json, InstanceTask task, PodContainer? container)
    {
        var since = task.EndedAt ?? task.StartedAt ?? task.StagedAt;
        json.WriteStartObject();
        json.WriteString("name"u8, task.Container ?? "");
        json.WriteString("status"u8, EnumName.Of(task.State));
        json.WriteTime("statusSince"u8, since);
        WriteConditions(json, task, container, since);
        json.WriteString("containerId"u8, task.Id.Value);
        WriteEndpoints(json, task, container);
        if (container is not null)
        {
            WriteResources(json, container.Cpus, container.Mem, container.Disk, container.Gpus);
        }

        if (task.EndedAt is not null)
        {
            json.WriteStartObject("termination"u8);
            json.WriteIfSet("message"u8, task.Message);
            json.WriteEndObject();
        }

        json.WriteIfSet("message"u8, task.Message);
        json.WriteTime("lastUpdated"u8, view.At);
        json.WriteTime("lastChanged"u8, since);
        json.WriteEndObject();
    }

    private void WriteConditions(Utf8JsonWriter json, InstanceTask task, PodContainer? container, DateTimeOffset since)
    {
        json.WriteStartArray("conditions"u8);
        if (container?.HealthCheck is not null)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "healthy");
            json.WriteString("value"u8, task.Healthy is true ? "true" : "false");
            json.WriteString("reason"u8, task.Healthy is null ? "health-unreported-by-mesos" : "health-reported-by-mesos");
            json.WriteTime("lastUpdated"u8, view.At);
            json.WriteTime("lastChanged"u8, since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEndpoints(Utf8JsonWriter json, InstanceTask task, PodContainer? container)
    {
        json.WriteStartArray("endpoints"u8);
        for (var i = 0; i < (container?.Endpoints.Count ?? 0); i++)
        {
            var endpoint = container!.Endpoints[i];
            json.WriteStartObject();
            json.WriteString("name"u8, endpoint.Name);
            json.WriteIfSet("allocatedHostPort"u8, i < task.HostPorts.Count ? task.HostPorts[i] : null);
            if (task.Healthy is { } healthy && (container.HealthCheck?.HttpEndpoint ?? container.HealthCheck?.TcpEndpoint) == endpoint.Name)
            {
                json.WriteBoolean("healthy"u8, healthy);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
