using Tepui.Compatibility.Tests.Documents;

namespace Tepui.Compatibility.Tests.Calls;

/// <summary>The operator API of the master.</summary>
internal static class MasterCalls
{
    private const string NoSchedule = "no schedule can be set yet, so no machine is ever part of one";

    public static IReadOnlyList<Claim> Claims { get; } =
    [
        new("GET_HEALTH"),
        new("GET_FLAGS"),
        new("GET_VERSION"),
        new("GET_METRICS"),
        new("GET_LOGGING_LEVEL"),
        new("SET_LOGGING_LEVEL"),
        new("LIST_FILES"),
        new("READ_FILE"),
        new("GET_STATE"),
        new("GET_AGENTS"),
        new("GET_FRAMEWORKS"),
        new("GET_EXECUTORS"),
        new("GET_OPERATIONS", "always empty, as no operation can be made yet", Partly: true),
        new("GET_TASKS"),
        new("GET_ROLES"),
        new("GET_WEIGHTS"),
        new("UPDATE_WEIGHTS"),
        new("GET_MASTER"),
        new("SUBSCRIBE", "every event of the contract"),
        new("RESERVE_RESOURCES"),
        new("UNRESERVE_RESOURCES"),
        new("CREATE_VOLUMES"),
        new("DESTROY_VOLUMES"),
        new("GROW_VOLUME"),
        new("SHRINK_VOLUME"),
        new("GET_MAINTENANCE_STATUS", "always empty", Partly: true),
        new("GET_MAINTENANCE_SCHEDULE", "always empty", Partly: true),
        new("UPDATE_MAINTENANCE_SCHEDULE", "only the empty schedule is taken"),
        new("START_MAINTENANCE", NoSchedule, NotYet: true),
        new("STOP_MAINTENANCE", NoSchedule, NotYet: true),
        new("DRAIN_AGENT"),
        new("DEACTIVATE_AGENT"),
        new("REACTIVATE_AGENT", "no agent is ever deactivated", NotYet: true),
        new("GET_QUOTA", "always empty", Partly: true),
        new("UPDATE_QUOTA", "checked, then refused"),
        new("SET_QUOTA", "checked, then refused"),
        new("REMOVE_QUOTA", "no role has a quota", NotYet: true),
        new("TEARDOWN"),
        new("MARK_AGENT_GONE"),
    ];

    /// <summary>The call in JSON, legal enough to be carried out where it can be.</summary>
    public static string Json(string call, string agent)
    {
        var id = $$"""{"value":"{{agent}}"}""";
        const string Cpus = """{"name":"cpus","type":"SCALAR","scalar":{"value":1}}""";
        var member = call switch
        {
            "GET_METRICS" => """ "get_metrics":{} """,
            "SET_LOGGING_LEVEL" => """ "set_logging_level":{"level":0,"duration":{"nanoseconds":1000000000}} """,
            "LIST_FILES" => """ "list_files":{"path":"/x"} """,
            "READ_FILE" => """ "read_file":{"path":"/x","offset":0} """,
            "UPDATE_WEIGHTS" => """ "update_weights":{"weight_infos":[{"role":"w","weight":2}]} """,
            "RESERVE_RESOURCES" => $$""" "reserve_resources":{"agent_id":{{id}},"resources":[{{Cpus}}]} """,
            "UNRESERVE_RESOURCES" => $$""" "unreserve_resources":{"agent_id":{{id}},"resources":[{{Cpus}}]} """,
            "CREATE_VOLUMES" => $$""" "create_volumes":{"agent_id":{{id}},"volumes":[{{Cpus}}]} """,
            "DESTROY_VOLUMES" => $$""" "destroy_volumes":{"agent_id":{{id}},"volumes":[{{Cpus}}]} """,
            "GROW_VOLUME" => $$""" "grow_volume":{"agent_id":{{id}},"volume":{{Cpus}},"addition":{{Cpus}}} """,
            "SHRINK_VOLUME" => $$""" "shrink_volume":{"agent_id":{{id}},"volume":{{Cpus}},"subtract":{"value":1} } """,
            "UPDATE_MAINTENANCE_SCHEDULE" => """ "update_maintenance_schedule":{"schedule":{"windows":[{"machine_ids":[{"hostname":"x"}],"unavailability":{"start":{"nanoseconds":1}}}]}} """,
            "START_MAINTENANCE" => """ "start_maintenance":{"machines":[{"hostname":"x"}]} """,
            "STOP_MAINTENANCE" => """ "stop_maintenance":{"machines":[{"hostname":"x"}]} """,
            "DRAIN_AGENT" => $$""" "drain_agent":{"agent_id":{{id}}} """,
            "DEACTIVATE_AGENT" => $$""" "deactivate_agent":{"agent_id":{{id}}} """,
            "REACTIVATE_AGENT" => $$""" "reactivate_agent":{"agent_id":{{id}}} """,
            "UPDATE_QUOTA" => """ "update_quota":{"quota_configs":[{"role":"q","limits":{"cpus":{"value":1}}}]} """,
            "SET_QUOTA" => $$""" "set_quota":{"quota_request":{"role":"q","guarantee":[{{Cpus}}]} } """,
            "REMOVE_QUOTA" => """ "remove_quota":{"role":"q"} """,
            "TEARDOWN" => """ "teardown":{"framework_id":{"value":"x"}} """,
            "MARK_AGENT_GONE" => """ "mark_agent_gone":{"agent_id":{"value":"x"}} """,
            _ => "",
        };
        return $$"""{"type":"{{call}}"{{(member.Length > 0 ? "," + member : "")}}}""";
    }
}
