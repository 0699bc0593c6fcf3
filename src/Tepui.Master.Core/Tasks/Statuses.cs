using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using Source = Tepui.Protocol.V1.TaskStatus.Types.Source;

namespace Tepui.Master.Core.Tasks;

/// <summary>Statuses the master itself makes. They carry no uuid: nobody acknowledges them, nobody sends them again.</summary>
internal static class Statuses
{
    /// <summary>A status of any task.</summary>
    public static TaskStatus Make(Turn turn, TaskID task, TaskState state, Reason reason, string message, AgentID? agent) => new()
    {
        TaskId = task,
        State = state,
        Message = message,
        Source = Source.Master,
        Reason = reason,
        AgentId = agent,
        Timestamp = turn.Timestamp,
    };

    /// <summary>A status of a task the master knows: what was last told about its health, checks and container is told again.</summary>
    public static TaskStatus Latest(Turn turn, LaunchedTask task, Reason reason, string message)
    {
        var wire = task.Wire;
        var state = wire.HasStatusUpdateState ? wire.StatusUpdateState : wire.State;
        var status = Make(turn, wire.TaskId, state, reason, message, wire.AgentId);
        if (wire.Statuses.Count > 0)
        {
            var last = wire.Statuses[^1];
            if (last.HasHealthy)
            {
                status.Healthy = last.Healthy;
            }

            status.CheckStatus = last.CheckStatus;
            status.ContainerStatus = last.ContainerStatus;
        }

        return status;
    }

    /// <summary>As an event to the framework.</summary>
    public static Protocol.V1.Scheduler.Event Event(TaskStatus status) => new()
    {
        Type = Protocol.V1.Scheduler.Event.Types.Type.Update,
        Update = new() { Status = status },
    };

    /// <summary>As an event to operators.</summary>
    public static Protocol.V1.Master.Event Updated(FrameworkId framework, TaskStatus status, TaskState state) => new()
    {
        Type = Protocol.V1.Master.Event.Types.Type.TaskUpdated,
        TaskUpdated = new() { FrameworkId = framework.ToWire(), Status = status, State = state },
    };
}
