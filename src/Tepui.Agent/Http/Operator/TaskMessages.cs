using Tepui.Agent.Core.Views;
using Tepui.Protocol.V1;
using static Tepui.Protocol.V1.Agent.Response.Types;

namespace Tepui.Agent.Http.Operator;

/// <summary>Tasks by how far they have come.</summary>
internal static class TaskMessages
{
    /// <summary>All tasks an agent knows.</summary>
    public static GetTasks Of(AgentView view)
    {
        var message = new GetTasks();
        foreach (var framework in view.Frameworks.Concat(view.CompletedFrameworks))
        {
            foreach (var executor in framework.Executors)
            {
                message.QueuedTasks.AddRange(executor.QueuedTasks.Select(task => Queued(framework.Info, task)));
                message.LaunchedTasks.AddRange(executor.LaunchedTasks);
                message.TerminatedTasks.AddRange(executor.TerminatedTasks);
                message.CompletedTasks.AddRange(executor.CompletedTasks);
            }

            foreach (var executor in framework.CompletedExecutors)
            {
                message.TerminatedTasks.AddRange(executor.LaunchedTasks);
                message.TerminatedTasks.AddRange(executor.TerminatedTasks);
                message.CompletedTasks.AddRange(executor.CompletedTasks);
            }
        }

        return message;
    }

    /// <summary>A task that no executor has yet, as one that is staging.</summary>
    private static Protocol.V1.Task Queued(FrameworkInfo framework, TaskInfo info)
    {
        var task = new Protocol.V1.Task
        {
            Name = info.Name,
            TaskId = info.TaskId,
            FrameworkId = framework.Id,
            ExecutorId = info.Executor?.ExecutorId,
            AgentId = info.AgentId,
            State = TaskState.TaskStaging,
            Labels = info.Labels,
            Discovery = info.Discovery,
            Container = info.Container,
            HealthCheck = info.HealthCheck,
        };
        task.Resources.AddRange(info.Resources);
        if (info.Command is { HasUser: true } command)
        {
            task.User = command.User;
        }

        return task;
    }
}
