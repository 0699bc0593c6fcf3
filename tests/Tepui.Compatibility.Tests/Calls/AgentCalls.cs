using Tepui.Compatibility.Tests.Documents;

namespace Tepui.Compatibility.Tests.Calls;

/// <summary>The operator API of the agent, and the executor and resource provider APIs.</summary>
internal static class AgentCalls
{
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
        new("GET_CONTAINERS", "there are no standalone containers to show", Partly: true),
        new("GET_FRAMEWORKS"),
        new("GET_EXECUTORS"),
        new("GET_OPERATIONS", "always empty", Partly: true),
        new("GET_TASKS"),
        new("GET_AGENT", "no drain configuration, as agents cannot be drained yet", Partly: true),
        new("GET_RESOURCE_PROVIDERS", "always empty", Partly: true),
        new("LAUNCH_NESTED_CONTAINER"),
        new("WAIT_NESTED_CONTAINER", "404 for a container that is not there", NotYet: true),
        new("KILL_NESTED_CONTAINER", "404 for a container that is not there", NotYet: true),
        new("REMOVE_NESTED_CONTAINER"),
        new("LAUNCH_NESTED_CONTAINER_SESSION"),
        new("ATTACH_CONTAINER_INPUT"),
        new("ATTACH_CONTAINER_OUTPUT", "404 for a container that is not there"),
        new("LAUNCH_CONTAINER"),
        new("WAIT_CONTAINER", "404 for a container that is not there"),
        new("KILL_CONTAINER", "404 for a container that is not there"),
        new("REMOVE_CONTAINER"),
        new("ADD_RESOURCE_PROVIDER_CONFIG"),
        new("UPDATE_RESOURCE_PROVIDER_CONFIG"),
        new("REMOVE_RESOURCE_PROVIDER_CONFIG", "answers 200: there is none to remove", NotYet: true),
        new("MARK_RESOURCE_PROVIDER_GONE", "answers 200: there is none", NotYet: true),
        new("PRUNE_IMAGES", "answers 200: there are no images", NotYet: true),
    ];

    public static IReadOnlyList<Claim> Executor { get; } =
    [
        new("SUBSCRIBE", "over TCP; not over a unix domain socket", Partly: true),
        new("UPDATE"),
        new("MESSAGE"),
        new("HEARTBEAT"),
    ];

    public static IReadOnlyList<Claim> ResourceProvider { get; } =
        [new("SUBSCRIBE"), new("UPDATE_OPERATION_STATUS"), new("UPDATE_STATE"), new("UPDATE_PUBLISH_RESOURCES_STATUS")];

    /// <summary>The call in JSON, about a container that is there.</summary>
    public static string Json(string call, string container)
    {
        var id = $$"""{"value":"{{container}}"}""";
        var nested = $$"""{"value":"nested","parent":{{id}}}""";
        const string Provider = """{"type":"t","name":"n"}""";
        var name = call.ToLowerInvariant();
        var member = call switch
        {
            "GET_METRICS" => """ "get_metrics":{} """,
            "SET_LOGGING_LEVEL" => """ "set_logging_level":{"level":0,"duration":{"nanoseconds":1000000000}} """,
            "LIST_FILES" => """ "list_files":{"path":"/x"} """,
            "READ_FILE" => """ "read_file":{"path":"/x","offset":0} """,
            "LAUNCH_NESTED_CONTAINER" or "LAUNCH_NESTED_CONTAINER_SESSION" => $$""" "{{name}}":{"container_id":{{nested}},"command":{"value":"true"} } """,
            "LAUNCH_CONTAINER" => $$""" "{{name}}":{"container_id":{"value":"alone"},"command":{"value":"true"} } """,
            "REMOVE_NESTED_CONTAINER" => $$""" "{{name}}":{"container_id":{{nested}}} """,
            "WAIT_NESTED_CONTAINER" or "KILL_NESTED_CONTAINER" => $$""" "{{name}}":{"container_id":{{nested}}} """,
            "ATTACH_CONTAINER_OUTPUT" or "WAIT_CONTAINER" or "KILL_CONTAINER" or "REMOVE_CONTAINER" => $$""" "{{name}}":{"container_id":{{id}}} """,
            "ADD_RESOURCE_PROVIDER_CONFIG" or "UPDATE_RESOURCE_PROVIDER_CONFIG" => $$""" "{{name}}":{"info":{{Provider}}} """,
            "REMOVE_RESOURCE_PROVIDER_CONFIG" => $$""" "{{name}}":{{Provider}} """,
            "MARK_RESOURCE_PROVIDER_GONE" => $$""" "{{name}}":{"resource_provider_id":{"value":"x"} } """,
            "PRUNE_IMAGES" => """ "prune_images":{} """,
            _ => "",
        };
        return $$"""{"type":"{{call}}"{{(member.Length > 0 ? "," + member : "")}}}""";
    }
}
