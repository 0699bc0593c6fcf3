using Tepui.Master.Core.Accounts;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Tasks;

/// <summary>The life of tasks in the master's books: taken in, changed, done with.</summary>
internal static class TaskBook
{
    /// <summary>Takes a task in. One that has not ended takes its resources.</summary>
    public static void Add(Turn turn, Framework framework, Agent agent, LaunchedTask task)
    {
        framework.Tasks.Add(task.Id, task);
        agent.Tasks.Add((framework.Id, task.Id), task);
        framework.Agents.Add(agent.Id);
        if (TaskStates.HoldsResources(task.State))
        {
            task.HoldsResources = true;
            Ledger.Take(turn, framework, agent, task.Resources);
        }

        Touch(turn, framework);
        turn.Publish(new()
        {
            Type = Protocol.V1.Master.Event.Types.Type.TaskAdded,
            TaskAdded = new() { Task = task.Wire },
        });
    }

    /// <summary>A task has a new status. Its first terminal state frees its resources; nothing changes its state after that.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="framework">Its framework.</param>
    /// <param name="agent">Its agent.</param>
    /// <param name="task">The task.</param>
    /// <param name="status">What the framework is told.</param>
    /// <param name="latest">The state it has reached by now.</param>
    public static void Update(Turn turn, Framework framework, Agent agent, LaunchedTask task, TaskStatus status, TaskState latest)
    {
        var before = task.State;
        task.Wire = TaskWire.With(task.Wire, status, TaskStates.IsTerminal(before) ? before : latest);
        Touch(turn, framework);
        if (task.State != before || IsAboutChecks(status))
        {
            turn.Publish(Statuses.Updated(framework.Id, status, task.State));
        }

        if (task.HoldsResources && !TaskStates.HoldsResources(task.State))
        {
            task.HoldsResources = false;
            Ledger.Release(turn, framework, agent, task.Resources);
            turn.State.Counters.TaskEnded(task.State, status);
            if (TaskStates.IsTerminal(task.State))
            {
                framework.Metrics.TaskEnded(task.State);
            }
        }
    }

    /// <summary>A task is done with: it stays visible among the completed ones for a while.</summary>
    public static void Complete(Turn turn, Framework framework, Agent agent, LaunchedTask task)
    {
        Remove(turn, framework, agent, task);
        Completed(turn, framework, task);
    }

    /// <summary>A task on an agent that became unreachable is set aside.</summary>
    public static void SetAside(Turn turn, Framework framework, Agent agent, LaunchedTask task)
    {
        Remove(turn, framework, agent, task);
        framework.UnreachableTasks.Put(task.Id, task);
        while (framework.UnreachableTasks.Count > turn.State.Options.MaxUnreachableTasksPerFramework)
        {
            framework.UnreachableTasks.Remove(framework.UnreachableTasks.First()!.Id);
        }
    }

    /// <summary>A task is shown among the completed ones.</summary>
    public static void Completed(Turn turn, Framework framework, LaunchedTask task)
    {
        framework.CompletedTasks.Enqueue(task.View);
        while (framework.CompletedTasks.Count > turn.State.Options.MaxCompletedTasksPerFramework)
        {
            framework.CompletedTasks.Dequeue();
        }

        Touch(turn, framework);
    }

    /// <summary>The master ends a task in its books and tells the framework.</summary>
    public static void End(Turn turn, Framework framework, Agent agent, LaunchedTask task, TaskState state, Reason reason, string message)
    {
        if (!TaskStates.IsTerminal(task.State))
        {
            var status = Statuses.Make(turn, task.Wire.TaskId, state, reason, message, task.Wire.AgentId);
            Update(turn, framework, agent, task, status, state);
            turn.Send(framework, Statuses.Event(status));
        }

        Complete(turn, framework, agent, task);
    }

    private static void Remove(Turn turn, Framework framework, Agent agent, LaunchedTask task)
    {
        Model.Invariant.Holds(!task.HoldsResources);
        framework.Tasks.Remove(task.Id);
        agent.Tasks.Remove((framework.Id, task.Id));
        Touch(turn, framework);
    }

    private static void Touch(Turn turn, Framework framework)
    {
        framework.Touch();
        turn.State.Changed();
    }

    private static bool IsAboutChecks(TaskStatus status) =>
        status.HasReason && status.Reason is Reason.TaskCheckStatusUpdated or Reason.TaskHealthCheckStatusUpdated;
}
