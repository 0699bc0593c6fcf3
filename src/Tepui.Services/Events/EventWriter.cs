using System.Text.Json;
using Tepui.Frameworks.Events;
using Tepui.Runtime.Json;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Events;

/// <summary>Turns events of the core into what subscribers read.</summary>
internal static class EventWriter
{
    /// <summary>Writes an event.</summary>
    public static EventText Write(ServiceEvent happened, DateTimeOffset at) => happened switch
    {
        ServiceEvent.AppPosted posted => EventTexts.Write("api_post_event", at, json => AppPosted(json, posted)),
        ServiceEvent.PodChanged pod => EventTexts.Write($"pod_{pod.Kind}_event", at, json => ClientMembers(json, pod.ClientIp, pod.Uri)),
        ServiceEvent.SchedulerRegistered registered => EventTexts.Write(registered.Again ? "scheduler_reregistered_event" : "scheduler_registered_event", at, json => Registered(json, registered)),
        ServiceEvent.SchedulerDisconnected => EventTexts.Write("scheduler_disconnected_event", at, _ => { }),
        ServiceEvent.CallbackChanged changed => EventTexts.Write(changed.Subscribed ? "subscribe_event" : "unsubscribe_event", at, json => CallbackChanged(json, changed)),
        ServiceEvent.GroupChanged changed => EventTexts.Write("group_change_success", at, json => GroupMembers(json, changed.Group.Value, changed.Version, null)),
        ServiceEvent.GroupChangeFailed failed => EventTexts.Write("group_change_failed", at, json => GroupMembers(json, failed.Group.Value, failed.Version, failed.Reason)),
        ServiceEvent.DeploymentChanged changed => EventTexts.Write(changed.Type, at, json => DeploymentEvents.Write(json, changed)),
        ServiceEvent.AppTerminated terminated => EventTexts.Write("app_terminated_event", at, json => json.WriteString("appId"u8, terminated.App.Value)),
        ServiceEvent.StatusUpdated updated => EventTexts.Write("status_update_event", at, json => StatusUpdated(json, updated)),
        ServiceEvent.InstanceChanged changed => EventTexts.Write("instance_changed_event", at, json => InstanceChanged(json, changed)),
        ServiceEvent.InstanceHealthChanged changed => EventTexts.Write("instance_health_changed_event", at, json => InstanceHealthChanged(json, changed)),
        ServiceEvent.UnknownInstanceTerminated unknown => EventTexts.Write("unknown_instance_terminated_event", at, json => UnknownTerminated(json, unknown)),
        ServiceEvent.FrameworkMessage message => EventTexts.Write("framework_message_event", at, json => FrameworkMessage(json, message)),
        ServiceEvent.KillBudgetChanged changed => EventTexts.Write("kill_budget_event", at, json => KillBudget(json, changed)),
        ServiceEvent.Autoscaled scaled => EventTexts.Write("autoscaling_event", at, json => Autoscaled(json, scaled)),
        ServiceEvent.CrashLooped looped => EventTexts.Write("crash_loop_event", at, json => CrashLooped(json, looped)),
        _ => HealthEvents.Write(happened, at),
    };

    private static void AppPosted(Utf8JsonWriter json, ServiceEvent.AppPosted posted)
    {
        ClientMembers(json, posted.ClientIp, posted.Uri);
        json.WriteStartObject("appDefinition"u8);
        AppDocument.WriteMembers(json, posted.App);
        json.WriteEndObject();
    }

    private static void ClientMembers(Utf8JsonWriter json, string clientIp, string uri)
    {
        json.WriteString("clientIp"u8, clientIp);
        json.WriteString("uri"u8, uri);
    }

    private static void Registered(Utf8JsonWriter json, ServiceEvent.SchedulerRegistered registered)
    {
        if (!registered.Again)
        {
            json.WriteString("frameworkId"u8, registered.FrameworkId);
        }

        json.WriteString("master"u8, registered.Master);
    }

    private static void CallbackChanged(Utf8JsonWriter json, ServiceEvent.CallbackChanged changed)
    {
        json.WriteString("clientIp"u8, changed.ClientIp);
        json.WriteString("callbackUrl"u8, changed.CallbackUrl);
    }

    private static void GroupMembers(Utf8JsonWriter json, string group, DateTimeOffset version, string? reason)
    {
        json.WriteString("groupId"u8, group);
        json.WriteTime("version"u8, version);
        json.WriteIfSet("reason"u8, reason);
    }

    private static void StatusUpdated(Utf8JsonWriter json, ServiceEvent.StatusUpdated updated)
    {
        json.WriteString("slaveId"u8, updated.Instance.Host?.Agent.Value ?? updated.Status.AgentId?.Value ?? "");
        json.WriteString("taskId"u8, updated.Task.Id.Value);
        json.WriteString("taskStatus"u8, EnumName.Of(updated.Status.State));
        json.WriteString("message"u8, updated.Status.Message);
        json.WriteString("appId"u8, updated.Instance.Spec.Value);
        json.WriteString("host"u8, updated.Instance.Host?.Hostname ?? "");
        AppTaskJson.WriteAddresses(json, updated.Task, updated.Instance.Host);
        AppTaskJson.WritePorts(json, updated.Task);
        json.WriteTime("version"u8, updated.Instance.SpecVersion);
    }

    private static void InstanceChanged(Utf8JsonWriter json, ServiceEvent.InstanceChanged changed)
    {
        json.WriteString("instanceId"u8, changed.Instance.Value);
        json.WriteString("condition"u8, changed.Condition.Text());
        json.WriteString("runSpecId"u8, changed.Spec.Value);
        json.WriteString("agentId"u8, changed.Agent?.Value);
        json.WriteString("host"u8, changed.Host);
        json.WriteTime("runSpecVersion"u8, changed.Version);
    }

    private static void InstanceHealthChanged(Utf8JsonWriter json, ServiceEvent.InstanceHealthChanged changed)
    {
        json.WriteString("instanceId"u8, changed.Instance.Value);
        json.WriteString("runSpecId"u8, changed.Spec.Value);
        if (changed.Healthy is { } healthy)
        {
            json.WriteBoolean("healthy"u8, healthy);
        }
        else
        {
            json.WriteNull("healthy"u8);
        }

        json.WriteTime("runSpecVersion"u8, changed.Version);
    }

    private static void UnknownTerminated(Utf8JsonWriter json, ServiceEvent.UnknownInstanceTerminated unknown)
    {
        json.WriteString("instanceId"u8, unknown.Instance.Value);
        json.WriteString("runSpecId"u8, unknown.Spec.Value);
        json.WriteString("condition"u8, unknown.Condition.Text());
    }

    private static void FrameworkMessage(Utf8JsonWriter json, ServiceEvent.FrameworkMessage message)
    {
        json.WriteString("executorId"u8, message.Executor.Value);
        json.WriteString("slaveId"u8, message.Agent.Value);
        json.WriteStartArray("message"u8);
        foreach (var part in message.Message)
        {
            json.WriteNumberValue((sbyte)part);
        }

        json.WriteEndArray();
    }

    private static void KillBudget(Utf8JsonWriter json, ServiceEvent.KillBudgetChanged changed)
    {
        json.WriteString("appId"u8, changed.App.Value);
        json.WriteBoolean("limited"u8, changed.Limited);
        json.WriteNumber("unhealthy"u8, changed.Unhealthy);
        json.WriteNumber("allowed"u8, changed.Allowed);
        json.WriteString("reason"u8, changed.Reason);
    }

    private static void Autoscaled(Utf8JsonWriter json, ServiceEvent.Autoscaled scaled)
    {
        json.WriteString("appId"u8, scaled.App.Value);
        json.WriteNumber("from"u8, scaled.From);
        json.WriteNumber("to"u8, scaled.To);
        if (scaled.Value is { } value)
        {
            json.WriteNumber("value"u8, value);
        }

        json.WriteString("reason"u8, scaled.Reason);
    }

    private static void CrashLooped(Utf8JsonWriter json, ServiceEvent.CrashLooped looped)
    {
        json.WriteString("appId"u8, looped.App.Value);
        json.WriteString("kind"u8, looped.Kind);
        json.WriteNumber("count"u8, looped.Count);
        json.WriteString("message"u8, looped.Message);
    }
}
