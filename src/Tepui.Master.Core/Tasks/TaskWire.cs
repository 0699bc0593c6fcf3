using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tasks;

/// <summary>Makes and replaces the records of tasks. Parts that do not change are shared between the old record and the new.</summary>
internal static class TaskWire
{
    /// <summary>The record of a task just launched.</summary>
    public static Protocol.V1.Task Staging(TaskInfo info, FrameworkID framework)
    {
        var task = new Protocol.V1.Task
        {
            Name = info.Name,
            TaskId = info.TaskId,
            FrameworkId = framework,
            AgentId = info.AgentId,
            State = TaskState.TaskStaging,
            Labels = info.Labels,
            Discovery = info.Discovery,
            Container = info.Container ?? info.Executor?.Container,
            HealthCheck = info.HealthCheck,
            KillPolicy = info.KillPolicy,
        };
        task.Resources.AddRange(info.Resources);
        task.Limits.Add(info.Limits);
        if (info.Executor is { } executor)
        {
            task.ExecutorId = executor.ExecutorId;
        }

        if ((info.Command ?? info.Executor?.Command) is { HasUser: true } command)
        {
            task.User = command.User;
        }

        return task;
    }

    /// <summary>The same task with one more status: a status of the same state as the last one takes its place. The bytes a status carries are not kept.</summary>
    public static Protocol.V1.Task With(Protocol.V1.Task task, TaskStatus status, TaskState latest)
    {
        var copy = Copy(task);
        copy.State = latest;
        copy.StatusUpdateState = status.State;
        if (status.HasUuid)
        {
            copy.StatusUpdateUuid = status.Uuid;
        }
        else
        {
            copy.ClearStatusUpdateUuid();
        }

        if (copy.Statuses.Count > 0 && copy.Statuses[^1].State == status.State)
        {
            copy.Statuses.RemoveAt(copy.Statuses.Count - 1);
        }

        copy.Statuses.Add(WithoutData(status));
        return copy;
    }

    /// <summary>The same task under other resources.</summary>
    public static Protocol.V1.Task With(Protocol.V1.Task task, IEnumerable<Resource> resources)
    {
        var copy = Copy(task);
        copy.Resources.Clear();
        copy.Resources.AddRange(resources);
        return copy;
    }

    private static Protocol.V1.Task Copy(Protocol.V1.Task task)
    {
        var copy = new Protocol.V1.Task
        {
            Name = task.Name,
            TaskId = task.TaskId,
            FrameworkId = task.FrameworkId,
            ExecutorId = task.ExecutorId,
            AgentId = task.AgentId,
            State = task.State,
            Labels = task.Labels,
            Discovery = task.Discovery,
            Container = task.Container,
            HealthCheck = task.HealthCheck,
            KillPolicy = task.KillPolicy,
        };
        copy.Resources.AddRange(task.Resources);
        copy.Statuses.AddRange(task.Statuses);
        copy.Limits.Add(task.Limits);
        if (task.HasStatusUpdateState)
        {
            copy.StatusUpdateState = task.StatusUpdateState;
        }

        if (task.HasStatusUpdateUuid)
        {
            copy.StatusUpdateUuid = task.StatusUpdateUuid;
        }

        if (task.HasUser)
        {
            copy.User = task.User;
        }

        return copy;
    }

    private static TaskStatus WithoutData(TaskStatus status)
    {
        if (!status.HasData)
        {
            return status;
        }

        var copy = status.Clone();
        copy.ClearData();
        return copy;
    }
}
