using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Registration;
using Tepui.Agent.Core.Tasks;

namespace Tepui.Agent.Core.Containers;

/// <summary>What the supervisor tells of containers, and what it is asked to do with them.</summary>
internal static class ContainerLife
{
    public static void Start(Turn turn, ContainerRecord container, ContainerPlan plan)
    {
        turn.State.Containers.Add(container);
        turn.Emit(new AgentEffect.StartContainer(plan));
    }

    /// <summary>Ends a container; a later call can only bring the end forward.</summary>
    public static void Kill(Turn turn, ContainerRecord container, TimeSpan grace)
    {
        var by = Clock.Plus(turn.Now, grace);
        if (container.KillBy is { } before && before <= by)
        {
            return;
        }

        container.KillBy = by;
        turn.Emit(new AgentEffect.KillContainer(container.Id, Clock.Most(grace, TimeSpan.Zero)));
    }

    public static void Started(Turn turn, AgentInput.ContainerStarted started)
    {
        if (!turn.State.Containers.TryGet(started.Container, out var container))
        {
            turn.Emit(new AgentEffect.KillContainer(started.Container, TimeSpan.Zero));
            return;
        }

        container.Pid = started.Pid;
        container.Executor.Changed();
        if (turn.State.Leaving.IsLeaving)
        {
            return;
        }

        if (container.Task is { } task)
        {
            TaskRun.Started(turn, task, container, started.StartedAt);
        }
        else
        {
            ExecutorLife.ProcessStarted(turn, container.Executor);
        }
    }

    public static void StartFailed(Turn turn, AgentInput.ContainerStartFailed failed)
    {
        if (!turn.State.Containers.Remove(failed.Container, out var container))
        {
            return;
        }

        turn.State.Counters.Add(Counters.ContainerLaunchErrors);
        if (container.Task is { } task)
        {
            TaskRun.StartFailed(turn, task, failed.Message);
        }
        else
        {
            ExecutorLife.ProcessStartFailed(turn, container.Executor, failed.Message);
        }

        Leave.FinishIfEmpty(turn);
    }

    /// <summary>What follows from an exit is checkpointed in the same batch, so the supervisor may forget it.</summary>
    public static void Exited(Turn turn, AgentInput.ContainerExited exited)
    {
        if (turn.State.Containers.Remove(exited.Container, out var container))
        {
            if (container.Task is { } task)
            {
                TaskRun.Exited(turn, task, exited.WaitStatus, exited.EndedAt);
            }
            else
            {
                ExecutorLife.ProcessExited(turn, container.Executor, exited.WaitStatus);
            }
        }

        turn.Emit(new AgentEffect.ForgetContainer(exited.Container));
        Leave.FinishIfEmpty(turn);
    }
}
