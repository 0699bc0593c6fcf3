using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Recovery;

/// <summary>Matches what should run with what the supervisor has. What ended meanwhile is reported as it ended; what never started, as lost; what nobody owns is ended.</summary>
internal sealed class RestoredContainers(Turn turn, IReadOnlyList<SupervisedContainer> containers)
{
    private const string Restarted = "Task launched during agent restart";

    private readonly Dictionary<ContainerId, SupervisedContainer> _supervised = containers.ToDictionary(static container => container.Container);

    public void Match(IReadOnlyList<ExecutorRecord> executors)
    {
        foreach (var executor in executors)
        {
            if (executor.Kind == ExecutorKind.Custom)
            {
                MatchProcess(executor);
            }
            else
            {
                MatchTasks(executor);
            }
        }

        foreach (var orphan in containers)
        {
            if (_supervised.Remove(orphan.Container))
            {
                turn.Emit(orphan.Running
                    ? new AgentEffect.KillContainer(orphan.Container, TimeSpan.Zero)
                    : new AgentEffect.ForgetContainer(orphan.Container));
            }
        }
    }

    private void MatchProcess(ExecutorRecord executor)
    {
        executor.LiveContainers = 1;
        executor.WasUsed = executor.Tasks.Count == 0 || executor.Tasks.Values.Any(static task => task.State != TaskState.TaskStaging);
        _supervised.Remove(executor.Container, out var supervised);
        if (supervised is not { Running: true })
        {
            ProcessEnded(executor, supervised);
            return;
        }

        turn.State.Containers.Add(new ContainerRecord(executor.Container, executor, task: null, executor.Directory) { Pid = supervised.Pid });
        foreach (var task in executor.Tasks.Values)
        {
            // Whether it was delivered, the executor tells when it is back.
            task.Phase = task.HasEnded ? TaskPhase.Ended : TaskPhase.Launched;
        }

        if (executor.WasUsed)
        {
            RecoveryWait.For(turn, executor);
        }
        else
        {
            ExecutorLife.ProcessStarted(turn, executor);
        }
    }

    private void ProcessEnded(ExecutorRecord executor, SupervisedContainer? supervised)
    {
        foreach (var task in ExecutorLife.TasksInOrder(executor))
        {
            if (task.Phase == TaskPhase.Queued && supervised is null)
            {
                Report.Send(turn, task, Statuses.Dropped(turn, task, Reason.AgentRestarted, Restarted));
            }
        }

        ExecutorLife.Terminated(turn, executor, supervised?.WaitStatus);
        if (supervised is not null)
        {
            turn.Emit(new AgentEffect.ForgetContainer(executor.Container));
        }
    }

    private void MatchTasks(ExecutorRecord executor)
    {
        var tasks = ExecutorLife.TasksInOrder(executor);
        if (tasks.Count == 0)
        {
            ExecutorLife.Terminated(turn, executor, waitStatus: 0);
            return;
        }

        // All are counted, and those that run known, before the end of one can end the executor or its group.
        executor.State = executor.Kind == ExecutorKind.Default || tasks.Any(static task => task.Phase == TaskPhase.Launched)
            ? ExecutorState.Running
            : ExecutorState.Registering;
        executor.LiveContainers = tasks.Count;
        foreach (var task in tasks)
        {
            if (_supervised.GetValueOrDefault(task.Container) is { Running: true } supervised)
            {
                turn.State.Containers.Add(new ContainerRecord(task.Container, executor, task, Plans.Directory(task)) { Pid = supervised.Pid });
            }
        }

        foreach (var task in tasks)
        {
            _supervised.Remove(task.Container, out var supervised);
            if (supervised is { Running: true } && turn.State.Containers.TryGet(task.Container, out var container))
            {
                Resume(task, container);
            }
            else
            {
                Ended(task, supervised);
            }
        }

        GroupsOfEnded(tasks);
    }

    private void Resume(TaskRecord task, ContainerRecord container)
    {
        if (task.HasEnded)
        {
            ContainerLife.Kill(turn, container, TimeSpan.Zero);
            return;
        }

        if (task.Phase == TaskPhase.Queued)
        {
            TaskRun.Started(turn, task, container, startedAt: null);
        }
        else
        {
            TaskRun.Watch(turn, task, task.Launched);
        }

        if (task.Kill?.Deadline is { } deadline)
        {
            ContainerLife.Kill(turn, container, deadline - turn.Now);
        }
    }

    private void Ended(TaskRecord task, SupervisedContainer? supervised)
    {
        if (supervised is null && task.Phase == TaskPhase.Queued)
        {
            Report.Send(turn, task, Statuses.Dropped(turn, task, Reason.AgentRestarted, Restarted));
        }

        if (supervised is not null)
        {
            turn.Emit(new AgentEffect.ForgetContainer(task.Container));
        }

        TaskRun.Exited(turn, task, supervised?.WaitStatus, supervised?.EndedAt);
    }

    /// <summary>A group whose task ended badly just before the restart loses its other tasks now.</summary>
    private void GroupsOfEnded(List<TaskRecord> tasks)
    {
        foreach (var task in tasks)
        {
            if (task is { Group: { } group, HasEnded: true } && task.State != TaskState.TaskFinished)
            {
                Groups.GroupKill.KillOthers(turn, group);
            }
        }
    }
}
