using Tepui.Jobs.Core.Jobs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Ends runs before their time. What waits ends at once; what may live is killed, and again until its end is heard.</summary>
internal static class RunKills
{
    /// <summary>Ends one run; nothing happens to one that is over. The first wish stays.</summary>
    public static void Kill(Turn turn, Run run, KillWish wish)
    {
        if (turn.State.Runs.Find(run.Id) is not { } present || present.State.IsFinal())
        {
            return;
        }

        if (present.State is RunState.Waiting or RunState.Completing)
        {
            RunEnds.Finish(turn, present with { Kill = wish }, wish == KillWish.TimedOut ? RunState.Failed : RunState.Killed, RunEnds.KillText(wish));
        }
        else if (present.Kill == KillWish.None)
        {
            var sentenced = present with { Kill = wish };
            turn.State.Runs.Replace(turn, sentenced);
            Send(turn, sentenced);
        }
    }

    /// <summary>Ends what is left of a job that is removed: its runs wait for nothing, nothing follows from their ends, and its history is forgotten.</summary>
    public static void Orphan(Turn turn, Job job)
    {
        Session.Removed(turn, job);
        foreach (var run in turn.State.Runs.Of(job.Name).Where(run => !run.IsOrphaned))
        {
            if (run.State.IsFinal())
            {
                turn.State.Runs.Remove(turn, run.Id);
                continue;
            }

            var orphan = run with { IsOrphaned = true };
            if (orphan.IsFresh)
            {
                RunEnds.Finish(turn, orphan, RunState.Skipped, RunEnds.KillText(KillWish.Removed));
            }
            else
            {
                turn.State.Runs.Replace(turn, orphan);
                Kill(turn, orphan, KillWish.Removed);
            }
        }
    }

    /// <summary>A newer run takes the place of all others of its job that have begun.</summary>
    public static void Replace(Turn turn, Run newer)
    {
        foreach (var run in turn.State.Runs.OpenOf(newer.Id.Job).Where(run => run.Id != newer.Id && !run.IsFresh))
        {
            Kill(turn, run, KillWish.Replaced);
        }
    }

    /// <summary>Sends the kill of a run; without a session the next one does.</summary>
    public static void Send(Turn turn, Run run)
    {
        if (turn.State.Master is not null && run.Last is { } last)
        {
            turn.Emit(new JobsEffect.Kill(last.Task, last.Agent, Grace: null));
            turn.State.Watch.Sent(turn, run);
        }
    }

    /// <summary>Nothing was heard for a while: sends the kill again, or asks about the launch.</summary>
    public static void Repeat(Turn turn, Run run)
    {
        if (run.Kill != KillWish.None)
        {
            Send(turn, run);
        }

        // Of a task that never came to be no end is heard; the master says that it is not known.
        Session.Ask(turn, run);
    }
}
