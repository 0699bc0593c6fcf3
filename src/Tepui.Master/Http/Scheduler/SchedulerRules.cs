using Google.Protobuf;
using Tepui.Protocol.V1.Scheduler;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Master.Http.Scheduler;

/// <summary>The shape a scheduler's call must have. What it means is the core's matter.</summary>
internal static class SchedulerRules
{
    /// <summary>What is wrong with <paramref name="call"/>, as clients are told, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(Call call)
    {
        if (!call.HasType || !Enum.IsDefined(call.Type))
        {
            return "Expecting 'type' to be present";
        }

        if (call.Type == Kind.Subscribe)
        {
            return call.Subscribe is null ? Missing("subscribe")
                : SameId(call, call.Subscribe.FrameworkInfo) ? null
                : "'framework_id' differs from 'subscribe.framework_info.id'";
        }

        if (call.FrameworkId is null)
        {
            return Missing("framework_id");
        }

        return Member(call) is { } member ? Missing(member) : Content(call);
    }

    /// <summary>Whether 16 bytes form a UUID of a known version.</summary>
    public static bool IsUuid(ByteString bytes) => bytes.Length == 16 && (bytes[6] >> 4) is >= 1 and <= 5;

    /// <summary>The name of the member a call's type asks for and that is not there.</summary>
    private static string? Member(Call call) => call.Type switch
    {
        Kind.Accept => call.Accept is null ? "accept" : null,
        Kind.Decline => call.Decline is null ? "decline" : null,
        Kind.AcceptInverseOffers => call.AcceptInverseOffers is null ? "accept_inverse_offers" : null,
        Kind.DeclineInverseOffers => call.DeclineInverseOffers is null ? "decline_inverse_offers" : null,
        Kind.Kill => call.Kill is null ? "kill" : null,
        Kind.Shutdown => call.Shutdown is null ? "shutdown" : null,
        Kind.Acknowledge => call.Acknowledge is null ? "acknowledge" : null,
        Kind.AcknowledgeOperationStatus => call.AcknowledgeOperationStatus is null ? "acknowledge_operation_status" : null,
        Kind.Reconcile => call.Reconcile is null ? "reconcile" : null,
        Kind.ReconcileOperations => call.ReconcileOperations is null ? "reconcile_operations" : null,
        Kind.Message => call.Message is null ? "message" : null,
        Kind.Request => call.Request is null ? "request" : null,
        Kind.UpdateFramework => call.UpdateFramework is null ? "update_framework" : null,
        _ => null,
    };

    private static string? Content(Call call) => call.Type switch
    {
        Kind.Acknowledge when !IsUuid(call.Acknowledge.Uuid) => "Not a valid UUID",
        Kind.AcknowledgeOperationStatus when !IsUuid(call.AcknowledgeOperationStatus.Uuid) => "Not a valid UUID",
        Kind.AcknowledgeOperationStatus when call.AcknowledgeOperationStatus.AgentId is null => Missing("agent_id"),
        Kind.UpdateFramework when !SameId(call, call.UpdateFramework.FrameworkInfo) => "'framework_id' differs from 'update_framework.framework_info.id'",
        _ => null,
    };

    private static bool SameId(Call call, Protocol.V1.FrameworkInfo info) => (call.FrameworkId?.Value, info.Id?.Value) switch
    {
        (null, null) => true,
        ({ } given, { } inner) => given == inner,
        _ => false,
    };

    private static string Missing(string member) => $"Expecting '{member}' to be present";
}
