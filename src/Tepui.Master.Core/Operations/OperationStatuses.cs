using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Operations;

/// <summary>What the master says about operations. There is no uuid: nobody acknowledges it.</summary>
internal static class OperationStatuses
{
    /// <summary>A status of one operation.</summary>
    public static OperationStatus Make(OperationID id, OperationState state, string message) =>
        new() { OperationId = id, State = state, Message = message };

    /// <summary>As an event to the framework.</summary>
    public static Protocol.V1.Scheduler.Event Event(OperationStatus status) => new()
    {
        Type = Protocol.V1.Scheduler.Event.Types.Type.UpdateOperationStatus,
        UpdateOperationStatus = new() { Status = status },
    };
}
