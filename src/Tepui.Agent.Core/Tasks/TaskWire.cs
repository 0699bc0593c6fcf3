using Tepui.Agent.Core.Executors;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Agent.Core.Tasks;

/// <summary>A task as the wire has it.</summary>
internal static class TaskWire
{
    /// <summary>A task that is done with: bytes its statuses carried are not kept.</summary>
    public static WireTask Completed(TaskRecord task)
    {
        var wire = task.ToWire();
        if (!wire.Statuses.Any(static status => status.HasData))
        {
            return wire;
        }

        var copy = wire.Clone();
        foreach (var status in copy.Statuses)
        {
            status.ClearData();
        }

        return copy;
    }

    public static WireTask From(TaskRecord task)
    {
        var info = task.Info;
        var framework = task.Executor.Framework;
        var wire = new WireTask
        {
            Name = info.Name,
            TaskId = info.TaskId,
            FrameworkId = framework.Id.ToWire(),

            // A command task has no executor that anyone could name.
            ExecutorId = task.Executor.Kind == ExecutorKind.Command ? null : task.Executor.Id.ToWire(),
            AgentId = info.AgentId,
            State = task.State,
            Labels = info.Labels,
            Discovery = info.Discovery,
            Container = info.Container,
            HealthCheck = info.HealthCheck,
            KillPolicy = info.KillPolicy,
        };
        wire.Resources.Add(info.Resources);
        wire.Statuses.Add(task.Statuses);
        wire.Limits.Add(info.Limits);
        var user = info.Command is { HasUser: true } command ? command.User
            : info.Executor?.Command is { HasUser: true } own ? own.User
            : null;
        if (user is not null)
        {
            wire.User = user;
        }

        var reported = task.Updates?.Oldest ?? (task.Statuses.Count > 0 ? task.Statuses[^1] : null);
        if (reported is not null)
        {
            wire.StatusUpdateState = reported.State;
            wire.StatusUpdateUuid = reported.Uuid;
        }

        return wire;
    }
}
