using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What became of tasks.</summary>
internal static class StatusUpdates
{
    /// <summary>A task changed; acknowledged in any case, after what it changed. The same news again, or old news late, changes nothing.</summary>
    public static void Handle(Turn turn, TaskStatus status)
    {
        var task = TaskId.From(status.TaskId);
        if (turn.State.Runs.TryFind(task, out var run) && IsUnderWay(run, task))
        {
            Apply(turn, run, status);
        }
        else
        {
            Stale(turn, run, task, status);
        }

        if (status.HasUuid)
        {
            turn.Emit(new JobsEffect.Acknowledge(status));
        }
    }

    /// <summary>An accept did not get through: the master is asked what it knows, and its answer decides. Without a session the next one asks.</summary>
    public static void AcceptFailed(Turn turn, JobsInput.AcceptFailed failed)
    {
        foreach (var task in failed.Tasks)
        {
            if (turn.State.Runs.TryFind(task, out var run) && IsUnderWay(run, task) && run.State == RunState.Launching)
            {
                Session.Ask(turn, run);
            }
        }
    }

    private static bool IsUnderWay(Run run, TaskId task) => run.State.IsActive() && run.State != RunState.Completing && run.Last!.Task == task;

    private static void Apply(Turn turn, Run run, TaskStatus status)
    {
        var last = run.Last!;
        turn.State.Watch.Answered(run.Id);
        if (TaskNews.IsLate(last.State, status.State))
        {
            return;
        }

        if (TaskNews.HasEnded(status.State))
        {
            RunEnds.AttemptEnded(turn, run, status);
            return;
        }

        var state = Now(run.State, status.State);
        if (state == run.State && status.State == last.State)
        {
            return;
        }

        var changed = run.WithLast(TaskNews.After(last, status, turn.Now)) with { State = state, Since = state == run.State ? run.Since : turn.Now };
        turn.State.Runs.Replace(turn, changed);
        changed = Lateness.Check(turn, changed);
        if (changed.Kill != KillWish.None && run.State is RunState.Launching or RunState.Unreachable && state != RunState.Unreachable)
        {
            // The kill may have come before the task, or while its agent was away.
            RunKills.Send(turn, changed);
        }
    }

    private static RunState Now(RunState before, TaskState state) => state switch
    {
        TaskState.TaskUnreachable => RunState.Unreachable,
        TaskState.TaskRunning => RunState.Running,
        TaskState.TaskKilling => before == RunState.Running ? RunState.Running : RunState.Staging,
        _ => RunState.Staging,
    };

    // Of a launch that is over for us, or that we never heard of. What lives of it is ended, so that nothing runs beside its successor.
    private static void Stale(Turn turn, Run? run, TaskId task, TaskStatus status)
    {
        var wasCompletedEarly = run is { State: RunState.Succeeded } && run.Last!.Task == task;
        if (task.IsSet && !TaskNews.HasEnded(status.State) && status.State != TaskState.TaskUnreachable && !wasCompletedEarly)
        {
            turn.Emit(new JobsEffect.Kill(task, status.AgentId is null ? null : AgentId.From(status.AgentId), Grace: null));
        }
    }
}
