using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Jobs;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>The subscription at the master.</summary>
internal static class Session
{
    /// <summary>Subscribed: keeps the id, asks about tasks, repeats kills.</summary>
    public static void Subscribed(Turn turn, JobsInput.Subscribed subscribed)
    {
        var state = turn.State;
        var former = state.Framework;
        state.Master = subscribed.Master;
        state.Watch.Subscribed(turn.Now);
        if (former != subscribed.Framework)
        {
            state.Framework = subscribed.Framework;
            Write(turn);
            if (former.IsSet)
            {
                EndAll(turn, former);
            }
        }

        turn.Publish(new JobEvent.Registered(subscribed.Framework.Value, subscribed.Master, subscribed.Again));
        AskAll(turn, _ => true);
        foreach (var run in UnderWay(turn).Where(run => run.Kill != KillWish.None))
        {
            RunKills.Send(turn, run);
        }

        state.Watch.FollowAll(turn);
        AskPeriodically(turn);
    }

    /// <summary>Not subscribed any more.</summary>
    public static void Disconnected(Turn turn)
    {
        if (turn.State.Master is not null)
        {
            turn.State.Master = null;
            turn.State.Watch.Disconnected();
            turn.Publish(new JobEvent.Disconnected());
        }
    }

    /// <summary>Asks the master what became of the present attempt of a run; without a session the next one does.</summary>
    public static void Ask(Turn turn, Run run)
    {
        if (turn.State.Master is not null && run.Last is { } last)
        {
            turn.Emit(new JobsEffect.Reconcile([(last.Task, last.Agent)]));
            turn.State.Watch.Sent(turn, run);
        }
    }

    /// <summary>A job goes: ids of its tasks stay used, should it be made again. Without an id of our own none was launched.</summary>
    public static void Removed(Turn turn, Job job)
    {
        if (turn.State.Framework.IsSet && job.Progress.LastTaskMs > 0)
        {
            turn.State.Runs.Saw(job.Progress.LastTaskMs);
            Write(turn);
        }
    }

    private static void Write(Turn turn) =>
        turn.Persist(StoreKeys.Framework, new FrameworkEntry { FrameworkId = turn.State.Framework.Value, LatestTaskMs = turn.State.Runs.LatestMillis });

    // The tasks of a framework end with it.
    private static void EndAll(Turn turn, FrameworkId former)
    {
        foreach (var run in UnderWay(turn))
        {
            var status = new TaskStatus { State = TaskState.TaskGone, Reason = TaskStatus.Types.Reason.Reconciliation, Message = $"framework {former} is over, and its tasks with it" };
            RunEnds.AttemptEnded(turn, run, status);
        }
    }

    // First about what we know, so that nothing of ours is missed; then about everything, so that nothing is left over.
    private static void AskAll(Turn turn, Func<Run, bool> isSettled)
    {
        var runs = UnderWay(turn).Where(isSettled).ToList();
        foreach (var run in runs)
        {
            turn.State.Watch.Asked(run.Id);
        }

        Ask(turn, runs);
        turn.Emit(new JobsEffect.Reconcile([]));
        if (runs.Count > 0)
        {
            Later(turn, turn.State.Options.LaunchConfirmInterval, AskAgain);
        }
    }

    // A master that has just begun says nothing of tasks whose agents may still come back to it. When that is settled it tells only who asks.
    private static void AskAgain(Turn turn)
    {
        var runs = UnderWay(turn).Where(run => turn.State.Watch.Unanswered.Contains(run.Id)).ToList();
        if (runs.Count > 0)
        {
            Ask(turn, runs);
            Later(turn, turn.State.Options.LaunchConfirmInterval, AskAgain);
        }
    }

    private static void Ask(Turn turn, List<Run> runs)
    {
        if (runs.Count > 0)
        {
            turn.Emit(new JobsEffect.Reconcile([.. runs.Select(run => (run.Last!.Task, (AgentId?)run.Last.Agent))]));
        }
    }

    private static void AskPeriodically(Turn turn) => Later(turn, turn.State.Options.ReconciliationInterval, static later =>
    {
        // A launch younger than this may be on its way to the master.
        AskAll(later, run => run.State != RunState.Launching || later.Now - run.Since >= later.State.Options.LaunchConfirmInterval);
        AskPeriodically(later);
    });

    // Only in this session.
    private static void Later(Turn turn, TimeSpan wait, Action<Turn> act)
    {
        var session = turn.State.Watch.Session;
        turn.State.Deadlines.Set(turn.Now.After(wait), later =>
        {
            if (later.State.Watch.Session == session && later.State.Master is not null)
            {
                act(later);
            }
        });
    }

    private static List<Run> UnderWay(Turn turn) =>
        [.. turn.State.Runs.Open.Where(run => run.State.IsActive() && run.State != RunState.Completing).OrderBy(run => run.Id)];
}
