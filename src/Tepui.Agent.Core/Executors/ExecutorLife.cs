using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.GarbageCollection;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Model.Units;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Cause = Tepui.Protocol.Checkpoints.KillEntry.Types.Cause;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Executors;

/// <summary>The life of an executor: its process, its shutdown, its end.</summary>
internal static class ExecutorLife
{
    /// <summary>Kept back of the shutdown grace, so that the agent learns of exits before the grace is over.</summary>
    private static readonly TimeSpan ReapTime = TimeSpan.FromSeconds(2);

    public static List<ExecutorRecord> InOrder(FrameworkRecord framework)
    {
        var all = new List<ExecutorRecord>(framework.Executors.Values);
        all.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        return all;
    }

    public static List<TaskRecord> TasksInOrder(ExecutorRecord executor)
    {
        var all = new List<TaskRecord>(executor.Tasks.Values);
        all.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        return all;
    }

    /// <summary>The process of a framework's executor runs: it has to subscribe in time.</summary>
    public static void ProcessStarted(Turn turn, ExecutorRecord executor)
    {
        if (executor.State != ExecutorState.Registering)
        {
            return;
        }

        var limit = turn.Options.ExecutorRegistrationTimeout;
        var end = new ExecutorEnd(TaskState.TaskFailed, Reason.ExecutorRegistrationTimeout, $"Executor did not register within {DurationText.Print(limit)}");
        executor.Timer = turn.After(limit, t => Destroy(t, executor, end));
    }

    public static void ProcessStartFailed(Turn turn, ExecutorRecord executor, string message)
    {
        var end = message.StartsWith("Failed to create executor directory", StringComparison.Ordinal)
            ? new ExecutorEnd(TaskState.TaskDropped, Reason.ExecutorTerminated, message)
            : new ExecutorEnd(TaskState.TaskFailed, Reason.ContainerLaunchFailed, $"Failed to launch container: {message}");
        executor.End ??= end;
        Terminated(turn, executor, waitStatus: null);
    }

    public static void ProcessExited(Turn turn, ExecutorRecord executor, int? waitStatus) => Terminated(turn, executor, waitStatus);

    /// <summary>A container of an executor without a process of its own is gone: with the last one, it ends.</summary>
    public static void ContainerGone(Turn turn, ExecutorRecord executor)
    {
        executor.LiveContainers--;
        executor.Changed();
        if (executor.LiveContainers == 0)
        {
            Terminated(turn, executor, waitStatus: 0);
        }
    }

    /// <summary>Asks an executor to end, and ends it when its grace is over.</summary>
    public static void ShutDown(Turn turn, ExecutorRecord executor)
    {
        if (executor.State is ExecutorState.Terminating or ExecutorState.Terminated)
        {
            return;
        }

        executor.State = ExecutorState.Terminating;
        executor.Changed();
        var grace = executor.Kind != ExecutorKind.Command && executor.Info.ShutdownGracePeriod is { } own
            ? Clock.Wait(own)
            : turn.Options.ExecutorShutdownGracePeriod;
        if (executor.Kind != ExecutorKind.Custom)
        {
            EndTasks(turn, executor, Clock.Most(grace - ReapTime, TimeSpan.Zero));
        }
        else
        {
            ShutDownProcess(turn, executor, grace);
        }
    }

    /// <summary>A master wants an executor ended.</summary>
    public static void ShutDown(Turn turn, MasterFrame.Types.ShutdownExecutor shutdown)
    {
        if (turn.State.Frameworks.TryGet(FrameworkId.From(shutdown.FrameworkId), out var framework)
            && framework.Executors.TryGetValue(ExecutorId.From(shutdown.ExecutorId), out var executor))
        {
            ShutDown(turn, executor);
        }
    }

    /// <summary>Ends a framework's executor that was started for tasks which were all killed before they reached it.</summary>
    public static void ShutDownIfNeverUsed(Turn turn, ExecutorRecord executor)
    {
        if (executor is { Kind: ExecutorKind.Custom, WasUsed: false } && executor.Tasks.Values.All(task => task.HasEnded))
        {
            ShutDown(turn, executor);
        }
    }

    /// <summary>Ends an executor's process at once.</summary>
    public static void Destroy(Turn turn, ExecutorRecord executor, ExecutorEnd? end)
    {
        executor.State = ExecutorState.Terminating;
        executor.End ??= end;
        executor.Changed();
        if (turn.State.Containers.TryGet(executor.Container, out var container))
        {
            ContainerLife.Kill(turn, container, TimeSpan.Zero);
        }
    }

    /// <summary>Lets go of an executor that has ended and owes nothing; its sandbox waits for collection.</summary>
    public static void CompleteIfDone(Turn turn, ExecutorRecord executor)
    {
        if (executor.State != ExecutorState.Terminated || executor.Tasks.Count > 0 || !executor.Framework.Executors.Remove(executor.Id))
        {
            return;
        }

        Sandboxes.Schedule(turn, executor);
        FrameworkLife.Keep(turn, executor);
        FrameworkLife.CompleteIfIdle(turn, executor.Framework);
    }

    private static void ShutDownProcess(Turn turn, ExecutorRecord executor, TimeSpan grace)
    {
        executor.Timer?.Cancel();
        if (executor.Stream is { } stream)
        {
            turn.Emit(new AgentEffect.ToExecutor(stream, new() { Type = Protocol.V1.Executor.Event.Types.Type.Shutdown }));
            executor.Timer = turn.After(grace, t => Destroy(t, executor, end: null));
        }
        else if (turn.State.Containers.TryGet(executor.Container, out var container))
        {
            ContainerLife.Kill(turn, container, container.IsRunning ? grace : TimeSpan.Zero);
        }
    }

    private static void EndTasks(Turn turn, ExecutorRecord executor, TimeSpan grace)
    {
        foreach (var task in TasksInOrder(executor))
        {
            if (task.Phase == TaskPhase.Queued)
            {
                TaskKill.KillQueued(turn, task);
            }
            else
            {
                TaskKill.Begin(turn, task, Cause.Wanted, grace);
            }
        }
    }

    /// <summary>Nothing of the executor runs any more: its unfinished tasks end with it.</summary>
    public static void Terminated(Turn turn, ExecutorRecord executor, int? waitStatus)
    {
        if (executor.State == ExecutorState.Terminated)
        {
            return;
        }

        executor.State = ExecutorState.Terminated;
        executor.Timer?.Cancel();
        executor.Undelivered.Clear();
        ExecutorStream.Close(turn, executor);
        executor.Changed();
        turn.State.Counters.Add(Counters.ExecutorsTerminated);
        foreach (var task in TasksInOrder(executor))
        {
            if (!task.HasEnded)
            {
                Report.Send(turn, task, Statuses.OfExecutorEnd(turn, task, executor.End ?? ExecutorEnd.Terminated));
            }
        }

        if (executor.Kind != ExecutorKind.Command)
        {
            TellExited(turn, executor.Framework.Id, executor.Id, waitStatus);
        }

        RecoveryWait.Returned(turn, executor);
        CompleteIfDone(turn, executor);
    }

    /// <summary>The master hears that an executor is not there (any more).</summary>
    public static void TellExited(Turn turn, FrameworkId framework, ExecutorId executor, int? waitStatus)
    {
        var frame = new AgentFrame
        {
            ExecutorExited = new() { FrameworkId = framework.ToWire(), ExecutorId = executor.ToWire(), Status = waitStatus ?? -1 },
        };
        if (!turn.ToMaster(frame) && turn.State.Master.Link is not null)
        {
            turn.State.Master.Unsaid.Add(frame);
        }
    }
}
