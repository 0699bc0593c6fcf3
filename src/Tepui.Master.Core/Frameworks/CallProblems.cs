using Google.Protobuf;
using Tepui.Protocol.V1.Scheduler;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Master.Core.Frameworks;

/// <summary>What may be wrong with the shape of a scheduler's call.</summary>
internal static class CallProblems
{
    /// <summary>The first thing wrong, or <see langword="null"/>.</summary>
    public static string? Shape(Call call) => call switch
    {
        { HasType: false } => Missing("type"),
        { Type: Kind.Unknown } => null,
        { FrameworkId: null } => Missing("framework_id"),
        { Type: Kind.Accept, Accept: null } => Missing("accept"),
        { Type: Kind.Decline, Decline: null } => Missing("decline"),
        { Type: Kind.AcceptInverseOffers, AcceptInverseOffers: null } => Missing("accept_inverse_offers"),
        { Type: Kind.DeclineInverseOffers, DeclineInverseOffers: null } => Missing("decline_inverse_offers"),
        { Type: Kind.Kill, Kill: null } => Missing("kill"),
        { Type: Kind.Shutdown, Shutdown: null } => Missing("shutdown"),
        { Type: Kind.Acknowledge, Acknowledge: null } => Missing("acknowledge"),
        { Type: Kind.AcknowledgeOperationStatus, AcknowledgeOperationStatus: null } => Missing("acknowledge_operation_status"),
        { Type: Kind.Reconcile, Reconcile: null } => Missing("reconcile"),
        { Type: Kind.ReconcileOperations, ReconcileOperations: null } => Missing("reconcile_operations"),
        { Type: Kind.Message, Message: null } => Missing("message"),
        { Type: Kind.Request, Request: null } => Missing("request"),
        { Type: Kind.UpdateFramework, UpdateFramework: null } => Missing("update_framework"),
        { Type: Kind.UpdateFramework, UpdateFramework.FrameworkInfo: null } => Missing("update_framework.framework_info"),
        { Type: Kind.Acknowledge } => Uuid(call.Acknowledge.Uuid),
        { Type: Kind.AcknowledgeOperationStatus } => Uuid(call.AcknowledgeOperationStatus.Uuid)
            ?? (call.AcknowledgeOperationStatus.AgentId is null ? Missing("agent_id") : null),
        { Type: Kind.UpdateFramework } when call.UpdateFramework.FrameworkInfo.Id?.Value != call.FrameworkId.Value =>
            "'framework_id' differs from 'update_framework.framework_info.id'",
        _ => null,
    };

    // 16 bytes with a version that exists.
    private static string? Uuid(ByteString uuid) =>
        uuid.Length == 16 && uuid[6] >> 4 is >= 1 and <= 5 ? null : "Not a valid UUID";

    private static string Missing(string member) => $"Expecting '{member}' to be present";
}
