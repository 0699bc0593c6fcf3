using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Events;

namespace Tepui.Services.Core.Instances;

/// <summary>Tasks under our framework id that no instance has launched: instances that were given up, and launches of which nothing was known any more.</summary>
internal static class UnknownTasks
{
    /// <summary>One that lives is ended, so that nothing runs twice.</summary>
    public static void Handle(Turn turn, TaskId id, TaskStatus status)
    {
        var condition = TaskConditions.Of(TaskConditions.Settle(status));
        if (condition.IsTerminal())
        {
            if (condition != Condition.Unknown && TaskIds.Parse(id) is { } parts && turn.State.Instances.Find(parts.Instance) is null)
            {
                turn.Publish(new ServiceEvent.UnknownInstanceTerminated(parts.Instance, parts.Spec, condition));
            }
        }
        else if (condition != Condition.Unreachable)
        {
            turn.Emit(new ServicesEffect.Kill(id, status.AgentId is null ? null : AgentId.From(status.AgentId), Grace: null));
        }
    }
}
