using Tepui.Agent.Core.Checks;
using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Groups;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Cause = Tepui.Protocol.Checkpoints.KillEntry.Types.Cause;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Tasks;

/// <summary>Ends tasks before their time.</summary>
internal static class TaskKill
{
    /// <summary>Time between SIGTERM and SIGKILL when neither the kill nor the task says.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(3);

    /// <summary>The master wants a task killed.</summary>
    public static void FromMaster(Turn turn, MasterFrame.Types.KillTask kill)
    {
        if (!turn.State.Frameworks.TryGet(FrameworkId.From(kill.FrameworkId), out var framework) || framework.IsEnding)
        {
            return;
        }

        var id = TaskId.From(kill.TaskId);
        if (!framework.Tasks.TryGetValue(id, out var task))
        {
            if (!framework.Updates.ContainsKey(id))
            {
                Report.SendWithoutTask(turn, framework, Statuses.Dropped(turn, framework, id, Reason.ExecutorTerminated, "Cannot find executor"));
            }

            return;
        }

        if (task.HasEnded)
        {
            return;
        }

        if (task.Phase == TaskPhase.Queued)
        {
            KillQueued(turn, task);
        }
        else if (task.Executor.Kind == ExecutorKind.Custom)
        {
            task.Kill = new KillRecord(Cause.Wanted, turn.Now, kill.KillPolicy);
            ExecutorStream.SendKill(turn, task);
        }
        else
        {
            Begin(turn, task, Cause.Wanted, kill.KillPolicy);
        }
    }

    /// <summary>Ends the process of a task; a second call can only shorten the grace, which counts from the first.</summary>
    public static void Begin(Turn turn, TaskRecord task, Cause cause, KillPolicy? policy = null) =>
        Begin(turn, task, cause, GraceOf(policy) ?? GraceOf(task.Info.KillPolicy) ?? DefaultGrace);

    /// <inheritdoc cref="Begin(Turn, TaskRecord, Cause, KillPolicy?)"/>
    public static void Begin(Turn turn, TaskRecord task, Cause cause, TimeSpan grace)
    {
        if (task.HasEnded || !turn.State.Containers.TryGet(task.Container, out var container))
        {
            return;
        }

        if (task.Kill is null)
        {
            task.Kill = new KillRecord(cause, turn.Now, Policy: null);
            TaskChecks.Stop(task);
            task.Completion?.Cancel();
            if (task.Executor.Framework.WantsKilling && !task.Executor.Framework.IsEnding)
            {
                Report.Send(turn, task, Killing(turn, task, cause));
            }
        }

        var left = task.Kill.Started + grace - turn.Now;
        var before = container.KillBy;
        ContainerLife.Kill(turn, container, left);
        if (container.KillBy != before && task.Executor.Framework.Checkpoints)
        {
            turn.Persist(Keys.Kill(task.Executor.Framework.Id, task.Id), Entries.Kill(task, container.KillBy!.Value));
        }
    }

    /// <summary>Kills a task that is not yet with its executor, and its whole group with it.</summary>
    public static void KillQueued(Turn turn, TaskRecord task)
    {
        if (task.Group is { } group)
        {
            GroupKill.KillOthers(turn, group);
        }
        else
        {
            DropQueued(turn, task, "Killed before delivery to the executor");
        }

        ExecutorLife.ShutDownIfNeverUsed(turn, task.Executor);
    }

    /// <summary>Reports one queued task killed and cancels its start.</summary>
    public static void DropQueued(Turn turn, TaskRecord task, string message)
    {
        Report.Send(turn, task, Statuses.OfAgent(turn, task, TaskState.TaskKilled, Reason.TaskKilledDuringLaunch, message));
        if (turn.State.Containers.TryGet(task.Container, out var container))
        {
            ContainerLife.Kill(turn, container, TimeSpan.Zero);
        }
    }

    private static TimeSpan? GraceOf(KillPolicy? policy) => policy?.GracePeriod is { } grace ? Clock.Wait(grace) : null;

    private static TaskStatus Killing(Turn turn, TaskRecord task, Cause cause)
    {
        var status = Statuses.OfTask(turn, task, TaskState.TaskKilling);
        if (cause == Cause.Unhealthy)
        {
            status.Healthy = false;
        }
        else if (cause == Cause.MaxCompletionTime)
        {
            status.Reason = Reason.MaxCompletionTimeReached;
        }

        return status;
    }
}
