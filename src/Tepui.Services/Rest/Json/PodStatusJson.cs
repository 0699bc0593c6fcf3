using System.Text.Json;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>How a pod stands: its definition, its instances and their containers, and what ended.</summary>
internal sealed class PodStatusJson(ServicesView view)
{
    private const int TerminationsMax = 10;

    private readonly PodInstanceJson _instances = new(view);

    /// <summary>Writes it as a value.</summary>
    public void Write(Utf8JsonWriter json, PodSpec pod)
    {
        var instances = view.InstancesOf(pod.Id).Where(PodInstanceJson.IsShown).ToList();
        var changed = instances.Count > 0 ? instances.Max(instance => instance.Since) : pod.Version;
        json.WriteStartObject();
        json.WriteString("id"u8, pod.Id.Value);
        json.WriteStartObject("spec"u8);
        PodDocument.WriteMembers(json, pod);
        json.WriteEndObject();
        json.WriteString("status"u8, StatusOf(pod, instances));
        json.WriteTime("statusSince"u8, changed);
        if (view.Failures.GetValueOrDefault(pod.Id) is { } failure)
        {
            json.WriteString("message"u8, failure.Message);
        }

        json.WriteStartArray("instances"u8);
        foreach (var instance in instances)
        {
            _instances.Write(json, instance, SpecOf(pod, instance));
        }

        json.WriteEndArray();
        WriteHistory(json, pod);
        json.WriteTime("lastUpdated"u8, view.At);
        json.WriteTime("lastChanged"u8, changed);
        AppConditionsJson.Write(json, view, pod.Id);
        json.WriteEndObject();
    }

    private PodSpec SpecOf(PodSpec present, Instance instance) =>
        instance.SpecVersion == present.Version ? present : view.VersionOf(present.Id, instance.SpecVersion) as PodSpec ?? present;

    private string StatusOf(PodSpec pod, List<Instance> instances)
    {
        if (view.Deployments.SelectMany(deployment => deployment.Steps).SelectMany(step => step.Actions).Any(action => action.Kind == ActionKind.Stop && action.Spec == pod.Id))
        {
            return "TERMINAL";
        }

        return instances.Count(instance => PodInstanceJson.StatusOf(instance) == "STABLE") >= pod.Instances ? "STABLE" : "DEGRADED";
    }

    private void WriteHistory(Utf8JsonWriter json, PodSpec pod)
    {
        json.WriteStartArray("terminationHistory"u8);
        foreach (var instance in (view.Terminated.GetValueOrDefault(pod.Id) ?? []).Take(TerminationsMax))
        {
            json.WriteStartObject();
            json.WriteString("instanceID"u8, instance.Id.Value);
            json.WriteTime("startedAt"u8, instance.ActiveSince ?? instance.Since);
            json.WriteTime("terminatedAt"u8, instance.Since);
            json.WriteIfSet("message"u8, instance.Tasks.Select(task => task.Message).FirstOrDefault(message => message is { Length: > 0 }));
            json.WriteStartArray("containers"u8);
            foreach (var task in instance.Tasks)
            {
                json.WriteStartObject();
                json.WriteString("containerId"u8, task.Id.Value);
                json.WriteString("lastKnownState"u8, Runtime.Json.EnumName.Of(task.State));
                if (task.Message is { Length: > 0 } message)
                {
                    json.WriteStartObject("termination"u8);
                    json.WriteString("message"u8, message);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
