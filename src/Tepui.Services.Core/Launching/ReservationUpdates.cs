using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Launching;

/// <summary>What became of reservations: those that did not come to be are given up, and the spec is held for a while.</summary>
internal static class ReservationUpdates
{
    private const char Separator = '/';

    /// <summary>Names an operation made for an instance.</summary>
    public static OperationID Id(Instance instance, string operation) => new() { Value = $"{instance.Id.Value}{Separator}{operation}{Separator}{instance.Launches + 1}" };

    /// <summary>An operation ended.</summary>
    public static void Handle(Turn turn, OperationStatus status)
    {
        if (status.OperationId?.Value is not { } id || id.IndexOf(Separator) is not (var slash and > 0) || !IsFailure(status.State))
        {
            return;
        }

        var instance = turn.State.Instances.Find(new InstanceId(id[..slash]));
        if (instance is not { Condition: Condition.Scheduled, IsReserved: true, Launches: 0 })
        {
            return;
        }

        turn.State.Instances.Replace(turn, instance with { IsReserved = false, Host = null });
        var reason = status.HasMessage ? status.Message : status.State.ToString();
        turn.State.Queue.Hold(turn, instance, $"Resources and volumes could not be reserved on {instance.Host?.Hostname}: {reason}");
    }

    private static bool IsFailure(OperationState state) =>
        state is OperationState.OperationError or OperationState.OperationFailed or OperationState.OperationDropped or OperationState.OperationGoneByOperator;
}
