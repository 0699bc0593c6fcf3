using Tepui.Model.Identifiers;

namespace Tepui.Containers;

/// <summary>A container that was there before this agent process.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pid">Process id of its first process.</param>
/// <param name="Running">Whether it still runs; its exit then comes as an event.</param>
/// <param name="WaitStatus">Raw wait status if it ended and the status is known.</param>
public readonly record struct RecoveredContainer(ContainerId Id, int Pid, bool Running, int? WaitStatus)
{
    /// <summary>When it ended, if the supervisor saw it.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
