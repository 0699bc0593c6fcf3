using Tepui.Compatibility.Tests.Documents;

namespace Tepui.Compatibility.Tests.Calls;

/// <summary>The scheduler API.</summary>
internal static class SchedulerCalls
{
    public static IReadOnlyList<Claim> Claims { get; } =
    [
        new("SUBSCRIBE", "JSON and protobuf; principals are not authenticated", Partly: true),
        new("TEARDOWN"),
        new("ACCEPT", "the operations in the next table", Partly: true),
        new("DECLINE"),
        new("ACCEPT_INVERSE_OFFERS", "taken and ignored: no inverse offer is ever sent", NotYet: true),
        new("DECLINE_INVERSE_OFFERS", "taken and ignored: no inverse offer is ever sent", NotYet: true),
        new("REVIVE"),
        new("KILL"),
        new("SHUTDOWN"),
        new("ACKNOWLEDGE"),
        new("ACKNOWLEDGE_OPERATION_STATUS", "checked and taken; no operation status needs it yet", Partly: true),
        new("RECONCILE"),
        new("RECONCILE_OPERATIONS", "every operation is unknown, as none can be made yet", Partly: true),
        new("MESSAGE"),
        new("REQUEST", "taken and ignored, as by the built-in allocator of Mesos"),
        new("SUPPRESS"),
        new("UPDATE_FRAMEWORK"),
    ];

    /// <summary>Members that make the call legal. A framework's own end comes last of all, so TEARDOWN names no framework here and is made elsewhere.</summary>
    public static string Members(string call, string agent) => call switch
    {
        "ACCEPT" => """ "accept":{"offer_ids":[{"value":"x"}]} """,
        "DECLINE" => """ "decline":{"offer_ids":[{"value":"x"}]} """,
        "ACCEPT_INVERSE_OFFERS" => """ "accept_inverse_offers":{"inverse_offer_ids":[{"value":"x"}]} """,
        "DECLINE_INVERSE_OFFERS" => """ "decline_inverse_offers":{"inverse_offer_ids":[{"value":"x"}]} """,
        "KILL" => """ "kill":{"task_id":{"value":"x"}} """,
        "SHUTDOWN" => $$""" "shutdown":{"executor_id":{"value":"x"},"agent_id":{"value":"{{agent}}"} } """,
        "ACKNOWLEDGE" => $$""" "acknowledge":{"agent_id":{"value":"{{agent}}"},"task_id":{"value":"x"},"uuid":"AAAAAAAAQACAAAAAAAAAAA=="} """,
        "ACKNOWLEDGE_OPERATION_STATUS" => $$""" "acknowledge_operation_status":{"agent_id":{"value":"{{agent}}"},"operation_id":{"value":"x"},"uuid":"AAAAAAAAQACAAAAAAAAAAA=="} """,
        "RECONCILE" => """ "reconcile":{} """,
        "RECONCILE_OPERATIONS" => """ "reconcile_operations":{} """,
        "MESSAGE" => $$""" "message":{"agent_id":{"value":"{{agent}}"},"executor_id":{"value":"x"},"data":""} """,
        "REQUEST" => """ "request":{"requests":[]} """,
        "UPDATE_FRAMEWORK" => """ "update_framework":{"framework_info":{"user":"root","name":"raw","id":{"value":"FRAMEWORK"}}} """,
        _ => "",
    };
}
