namespace Tepui.Compatibility.Tests.Metrics;

/// <summary>The names of metrics that dashboards for Mesos use, and what to know of them here.</summary>
internal static class KnownMetrics
{
    private const string Percentiles = "/{count,max,min,p50,p90,p95,p99,p999,p9999}";

    private static readonly (string Pattern, string Note)[] Machine = [("system/{load_1min,load_5min,load_15min,cpus_total,mem_total_bytes,mem_free_bytes}", "")];

    public static IReadOnlyList<(string Pattern, string Note)> Master { get; } =
    [
        ("master/{cpus,gpus,mem,disk}_{total,used,percent}", ""),
        ("master/{cpus,gpus,mem,disk}_revocable_{total,used,percent}", ""),
        ("master/{uptime_secs,elected,operator_event_stream_subscribers}", "elected is always 1: there is one master"),
        ("master/event_queue_dispatches", "inputs that wait for the core"),
        ("master/event_queue_{messages,http_requests}", "always 0: everything waits in one queue"),
        ("master/http_cache_hits", ""),
        ("master/slaves_{connected,disconnected,active,inactive,unreachable}", ""),
        ("master/{slave_registrations,slave_reregistrations,slave_removals,recovery_slave_removals}", ""),
        ("master/slave_removals/reason_{unhealthy,unregistered,registered}", ""),
        ("master/slave_shutdowns_{scheduled,completed,canceled}", "always 0: agents become unreachable, they are not shut down"),
        ("master/slave_unreachable_{scheduled,completed,canceled}", ""),
        ("master/frameworks_{connected,disconnected,active,inactive}", ""),
        ("master/outstanding_offers", ""),
        ("master/tasks_{staging,starting,running,killing,unreachable}", ""),
        ("master/tasks_{finished,failed,killed,lost,error,dropped,gone,gone_by_operator}", ""),
        ("master/<task_state>/<source>/<reason>", "there once it happened"),
        ("master/operations/{error,dropped}", ""),
        ("master/operations/{finished,failed,gone_by_operator}", "always 0: no operation can be made yet"),
        ("master/operations/{total,pending,recovering,unreachable}", ""),
        ("master/operations/<type>/{total,pending,recovering,unreachable,finished,failed,error,dropped,gone_by_operator}", ""),
        ("master/messages_{register_framework,reregister_framework,unregister_framework,kill_task,status_update_acknowledgement,operation_status_update_acknowledgement,resource_request,launch_tasks,decline_offers,revive_offers,suppress_offers,reconcile_operations,reconcile_tasks,framework_to_executor,executor_to_framework,register_slave,reregister_slave,unregister_slave,status_update,exited_executor}", ""),
        ("master/messages_{deactivate_framework,operation_status_update,update_slave,authenticate}", "always 0: there are no such messages"),
        ("master/dropped_messages", ""),
        ("master/{valid,invalid}_{framework_to_executor_messages,executor_to_framework_messages,status_updates,status_update_acknowledgements}", ""),
        ("master/{valid,invalid}_operation_status_updates", "always 0: no operation can be made yet"),
        ("master/{valid,invalid}_operation_status_update_acknowledgements", ""),
        ("frameworks/<principal>/{messages_received,messages_processed}", ""),
        ("master/frameworks/<name>/<id>/{subscribed,calls,events,operations}", "there whatever `publish_per_framework_metrics` says"),
        ("master/frameworks/<name>/<id>/{calls,events,operations}/<type>", "there once it happened"),
        ("master/frameworks/<name>/<id>/offers/{sent,accepted,declined,rescinded}", ""),
        ("master/frameworks/<name>/<id>/tasks/active/<state>", ""),
        ("master/frameworks/<name>/<id>/tasks/terminal/<state>", "there once it happened"),
        ("master/frameworks/<name>/<id>/roles/<role>/suppressed", ""),
        ("master/frameworks/<name>/<id>/allocation/roles/<role>/latest_allocation_timestamp", ""),
        ("registrar/queued_operations", "always 0: writes of a batch go together"),
        ("registrar/registry_size_bytes", ""),
        ("registrar/{state_fetch_ms,state_store_ms}", ""),
        ("registrar/{state_fetch_ms,state_store_ms}" + Percentiles, ""),
        ("registrar/log/{recovered,ensemble_size}", "always 1: the store is local"),
        ("allocator/event_queue_dispatches", "the same as the master's: there is one core"),
        ("allocator/mesos/event_queue_dispatches", "the same as the master's: there is one core"),
        ("allocator/mesos/{allocation_runs,allocation_run_ms,allocation_run_latency_ms}", ""),
        ("allocator/mesos/{allocation_run_ms,allocation_run_latency_ms}" + Percentiles, ""),
        ("allocator/mesos/resources/{cpus,mem,disk}/{total,offered_or_allocated}", ""),
        ("allocator/mesos/quota/roles/<role>/resources/<name>/consumed", ""),
        ("allocator/mesos/quota/roles/<role>/resources/<name>/{guarantee,limit,offered_or_allocated}", ""),
        ("allocator/mesos/offer_filters/roles/<role>/active", ""),
        ("allocator/mesos/roles/<role>/shares/dominant", ""),
        .. Machine,
    ];

    public static IReadOnlyList<(string Pattern, string Note)> Agent { get; } =
    [
        ("slave/{cpus,gpus,mem,disk}_{total,used,percent}", ""),
        ("slave/{cpus,gpus,mem,disk}_revocable_{total,used,percent}", ""),
        ("slave/{registered,uptime_secs,recovery_errors,recovery_time_secs,frameworks_active,executor_directory_max_allowed_age_secs,container_launch_errors}", ""),
        ("slave/executors_{registering,running,terminating,terminated}", ""),
        ("slave/executors_preempted", "always 0: nothing is preempted"),
        ("slave/tasks_{staging,starting,running,killing,finished,failed,killed,lost,gone}", ""),
        ("slave/{valid,invalid}_{status_updates,framework_messages}", ""),
        ("containerizer/mesos/container_destroy_errors", "not counted yet: always 0"),
        ("containerizer/fetcher/{task_fetches_succeeded,task_fetches_failed}", "not counted yet: always 0"),
        ("containerizer/fetcher/{cache_size_total_bytes,cache_size_used_bytes}", "there is no fetcher cache yet"),
        ("containerizer/mesos/provisioner/remove_container_errors", ""),
        ("containerizer/mesos/provisioner/bind/remove_rootfs_errors", ""),
        ("containerizer/mesos/provisioner/docker_store/image_pull_ms", ""),
        ("containerizer/docker/image_pull_ms", ""),
        ("containerizer/mesos/filesystem/containers_new_rootfs", ""),
        ("containerizer/mesos/disk/project_ids_{free,total}", ""),
        ("gc/path_removals_{succeeded,failed,pending}", ""),
        ("resource_provider_manager/{subscribed,events/subscribe,events/disconnect}", "always 0: there are no resource providers"),
        ("resource_providers/<type>.<name>/operations/<op>/{pending,finished,failed,dropped}", ""),
        ("resource_providers/<type>.<name>/csi_plugin/{container_terminations,rpcs_pending,rpcs_finished,rpcs_failed,rpcs_cancelled}", ""),
        ("volume_gid_manager/volume_gids_{total,free}", ""),
        ("port_mapping/<counter>", ""),
        .. Machine,
    ];
}
