using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>One event of <c>/v2/events</c>.</summary>
/// <param name="Type">As in <c>instance_changed_event</c>.</param>
/// <param name="App">The app or pod it is about; null when it is about none, or about several.</param>
public sealed record ServicesEvent(string Type, string? App)
{
    /// <summary>What has to be read again after it.</summary>
    public Change Meaning => Type switch
    {
        "instance_changed_event" or "instance_health_changed_event" or "status_update_event" or "health_status_changed_event"
            or "unhealthy_instance_kill_event" or "crash_loop_event" or "autoscaling_event" or "kill_budget_event"
            => App is null ? Change.All : new Change(false, true, App),
        "api_post_event" or "app_terminated_event" or "group_change_success" or "pod_created_event" or "pod_updated_event" or "pod_deleted_event" => Change.All,
        "deployment_step_success" or "deployment_step_failure" => new Change(false, true, null),
        _ when Type.StartsWith("deployment_", StringComparison.Ordinal) => Change.All,
        _ => Change.None,
    };

    /// <summary>Reads it; data that is no JSON object leaves the app unknown.</summary>
    public static ServicesEvent From(string type, string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return new ServicesEvent(type, document.RootElement.Text("appId") ?? document.RootElement.Text("runSpecId"));
        }
        catch (JsonException)
        {
            return new ServicesEvent(type, null);
        }
    }
}
