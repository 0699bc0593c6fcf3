using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Events;

/// <summary>What subscribers of the event stream hear. Cases are nested, so the list below is the whole list; the shell adds the time and, for streams themselves, attached and detached.</summary>
public abstract record ServiceEvent
{
    private ServiceEvent()
    {
    }

    /// <summary><c>api_post_event</c>: an app was created or changed.</summary>
    public sealed record AppPosted(string ClientIp, string Uri, AppSpec App) : ServiceEvent;

    /// <summary><c>pod_created_event</c>, <c>pod_updated_event</c>, <c>pod_deleted_event</c>.</summary>
    /// <param name="Kind"><c>created</c>, <c>updated</c> or <c>deleted</c>.</param>
    /// <param name="ClientIp">Who.</param>
    /// <param name="Uri">Where.</param>
    public sealed record PodChanged(string Kind, string ClientIp, string Uri) : ServiceEvent;

    /// <summary><c>scheduler_registered_event</c>, or <c>scheduler_reregistered_event</c> when <paramref name="Again"/>.</summary>
    public sealed record SchedulerRegistered(string FrameworkId, string Master, bool Again) : ServiceEvent;

    /// <summary><c>scheduler_disconnected_event</c></summary>
    public sealed record SchedulerDisconnected : ServiceEvent;

    /// <summary><c>subscribe_event</c>, or <c>unsubscribe_event</c> when not <paramref name="Subscribed"/>.</summary>
    public sealed record CallbackChanged(bool Subscribed, string ClientIp, string CallbackUrl) : ServiceEvent;

    /// <summary><c>add_health_check_event</c></summary>
    public sealed record HealthCheckAdded(PathId App, DateTimeOffset Version, AppHealthCheck Check) : ServiceEvent;

    /// <summary><c>remove_health_check_event</c></summary>
    public sealed record HealthCheckRemoved(PathId App) : ServiceEvent;

    /// <summary><c>failed_health_check_event</c></summary>
    public sealed record HealthCheckFailed(PathId App, InstanceId Instance, AppHealthCheck Check) : ServiceEvent;

    /// <summary><c>health_status_changed_event</c></summary>
    public sealed record HealthStatusChanged(PathId App, InstanceId Instance, DateTimeOffset Version, bool Alive) : ServiceEvent;

    /// <summary><c>unhealthy_instance_kill_event</c></summary>
    public sealed record UnhealthyInstanceKilled(PathId App, InstanceId Instance, TaskId Task, DateTimeOffset Version, string Reason, string Host, AgentId? Agent) : ServiceEvent;

    /// <summary><c>group_change_success</c></summary>
    public sealed record GroupChanged(PathId Group, DateTimeOffset Version) : ServiceEvent;

    /// <summary><c>group_change_failed</c></summary>
    public sealed record GroupChangeFailed(PathId Group, DateTimeOffset Version, string Reason) : ServiceEvent;

    /// <summary><c>deployment_info</c>, <c>deployment_step_success</c>, <c>deployment_step_failure</c>, <c>deployment_success</c>, <c>deployment_failed</c>, and ours: <c>deployment_paused_event</c>, <c>deployment_resumed_event</c>, <c>deployment_rollback_event</c>.</summary>
    /// <param name="Type">The event's type as on the wire.</param>
    /// <param name="Deployment">As it is now.</param>
    /// <param name="Reason">Why, where it failed, paused or goes back.</param>
    public sealed record DeploymentChanged(string Type, DeploymentView Deployment, string? Reason = null) : ServiceEvent;

    /// <summary><c>app_terminated_event</c></summary>
    public sealed record AppTerminated(PathId App) : ServiceEvent;

    /// <summary><c>status_update_event</c></summary>
    public sealed record StatusUpdated(Instance Instance, InstanceTask Task, TaskStatus Status) : ServiceEvent;

    /// <summary><c>instance_changed_event</c></summary>
    public sealed record InstanceChanged(InstanceId Instance, Condition Condition, PathId Spec, AgentId? Agent, string? Host, DateTimeOffset Version) : ServiceEvent;

    /// <summary><c>instance_health_changed_event</c></summary>
    public sealed record InstanceHealthChanged(InstanceId Instance, PathId Spec, DateTimeOffset Version, bool? Healthy) : ServiceEvent;

    /// <summary><c>unknown_instance_terminated_event</c></summary>
    public sealed record UnknownInstanceTerminated(InstanceId Instance, PathId Spec, Condition Condition) : ServiceEvent;

    /// <summary><c>framework_message_event</c></summary>
    public sealed record FrameworkMessage(ExecutorId Executor, AgentId Agent, byte[] Message) : ServiceEvent;

    /// <summary><c>kill_budget_event</c>: replacement of unhealthy instances is limited now, or no more.</summary>
    public sealed record KillBudgetChanged(PathId App, bool Limited, int Unhealthy, int Allowed, string Reason) : ServiceEvent;

    /// <summary><c>autoscaling_event</c>: an instance count was changed by load or by the clock.</summary>
    public sealed record Autoscaled(PathId App, int From, int To, double? Value, string Reason) : ServiceEvent;

    /// <summary><c>crash_loop_event</c>: instances of an app keep failing.</summary>
    public sealed record CrashLooped(PathId App, string Kind, int Count, string Message) : ServiceEvent;
}
