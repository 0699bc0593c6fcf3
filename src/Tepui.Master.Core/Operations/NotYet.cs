using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Operations;

/// <summary>Operations this master does not carry out: reservations, volumes and disks. One with an id is answered, one without is dropped without a word.</summary>
internal sealed class NotYet : IOperation
{
    /// <inheritdoc/>
    public void Carry(Turn turn, AcceptedOffers offers, Offer.Types.Operation operation) => Error(
        turn,
        offers.Framework,
        operation,
        $"Operation {CounterNames.Snake(operation.Type.ToString()).ToUpperInvariant()} is not supported; supported are LAUNCH and LAUNCH_GROUP");

    /// <inheritdoc/>
    public void Refuse(Turn turn, Framework framework, Offer.Types.Operation operation, string problem) =>
        Error(turn, framework, operation, $"Operation attempted with invalid offers: {problem}");

    private static void Error(Turn turn, Framework framework, Offer.Types.Operation operation, string message)
    {
        turn.State.Counters.Add(CounterNames.OperationsError);
        if (operation.Id is { } id)
        {
            turn.Send(framework, OperationStatuses.Event(OperationStatuses.Make(id, OperationState.OperationError, message)));
        }
    }
}
