using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Instances;

/// <summary>What became of tasks.</summary>
internal static class StatusUpdates
{
    /// <summary>A task changed; acknowledged in any case, after what it changed.</summary>
    public static void Handle(Turn turn, TaskStatus status) => turn.Emit(new ServicesEffect.Acknowledge(status));

    /// <summary>An operation ended.</summary>
    public static void Handle(Turn turn, OperationStatus status)
    {
    }

    /// <summary>An accept did not get through.</summary>
    public static void AcceptFailed(Turn turn, ServicesInput.AcceptFailed failed)
    {
    }
}
