using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Jobs.Core.Runs;

/// <summary>How attempts and runs end: with a retry, or for good.</summary>
internal static class RunEnds
{
    /// <summary>Launches in a row that agents may refuse before that counts as a failed attempt.</summary>
    private const int AgentDropsMost = 5;

    /// <summary>The present attempt has ended with this status. First match counts:
    /// <list type="table">
    /// <item><term>finished</term><description>the run has succeeded; an async one waits for the word of others, unless it was to be killed</description></item>
    /// <item><term>it was to be killed</term><description>the run is killed; failed, if it ran for too long</description></item>
    /// <item><term>the launch did not happen</term><description>the run waits for the same attempt again</description></item>
    /// <item><term>killed</term><description>the run is killed: somebody ended it behind our back</description></item>
    /// <item><term>else</term><description>the attempt failed, or nobody knows how it ended: the next, if the job lets it</description></item>
    /// </list></summary>
    public static void AttemptEnded(Turn turn, Run run, TaskStatus status)
    {
        var before = run;
        run = Lateness.Check(turn, run.WithLast(TaskNews.After(run.Last!, status, turn.Now)));
        var at = run.Last!.EndedAt ?? turn.Now;
        var kill = WishOf(run, status);
        if (status.State == TaskState.TaskFinished && !(IsAsync(turn, run) && kill != KillWish.None))
        {
            Finished(turn, run, at);
        }
        else if (kill != KillWish.None)
        {
            Finish(turn, run, kill == KillWish.TimedOut ? RunState.Failed : RunState.Killed, KillText(kill), at);
        }
        else if (NeverHappened(turn, before, status))
        {
            Again(turn, run, Describe(run, status));
        }
        else if (status.State == TaskState.TaskKilled)
        {
            Finish(turn, run, RunState.Killed, Describe(run, status), at);
        }
        else
        {
            Failed(turn, run, isLost: IsLost(status.State) && !IsRefused(before, status), Describe(run, status), at);
        }
    }

    /// <summary>Ends a run for good, now. Its counters, its job's children and its notices change in the same step.</summary>
    public static void Finish(Turn turn, Run run, RunState state, string? message) => Finish(turn, run, state, message, turn.Now);

    /// <summary>Somebody says how an async run ended. Its task, if it lives, is left to end by itself after a success.</summary>
    public static void Completed(Turn turn, Run run, bool succeeded, string message)
    {
        if (!run.State.IsActive())
        {
            return;
        }

        if (run.Kill != KillWish.None)
        {
            Finish(turn, run, run.Kill == KillWish.TimedOut ? RunState.Failed : RunState.Killed, KillText(run.Kill));
        }
        else if (succeeded)
        {
            Finish(turn, run, RunState.Succeeded, message);
        }
        else
        {
            if (run.State != RunState.Completing)
            {
                RunKills.Send(turn, run);
            }

            Failed(turn, run, isLost: false, message, turn.Now);
        }
    }

    /// <summary>Why a run was killed, for people.</summary>
    public static string KillText(KillWish wish) => wish switch
    {
        KillWish.TimedOut => "ran for longer than its job allows and was ended",
        KillWish.Replaced => "a newer run of its job took its place",
        KillWish.Removed => "its job was removed",
        _ => "ended on request",
    };

    private static void Finish(Turn turn, Run run, RunState state, string? message, DateTimeOffset at)
    {
        // Its variables are of no use any more; a step that ends many runs stays small.
        var ended = run with { State = state, Since = turn.Now, EndedAt = at, Message = message, NotBefore = null, Environment = [] };
        turn.State.Runs.Replace(turn, ended);
        if (turn.State.JobOf(ended) is { } job)
        {
            Outcomes.Follow(turn, job, ended);
        }
        else
        {
            turn.State.Runs.Remove(turn, ended.Id);
        }
    }

    // The agent keeps the limit too, and may be first to end the task.
    private static KillWish WishOf(Run run, TaskStatus status) =>
        run.Kill == KillWish.None && status.HasReason && status.Reason == Reason.MaxCompletionTimeReached ? KillWish.TimedOut : run.Kill;

    private static void Finished(Turn turn, Run run, DateTimeOffset at)
    {
        if (IsAsync(turn, run))
        {
            turn.State.Runs.Replace(turn, run with { State = RunState.Completing, Since = turn.Now });
        }
        else
        {
            Finish(turn, run, RunState.Succeeded, message: null, at);
        }
    }

    private static void Failed(Turn turn, Run run, bool isLost, string message, DateTimeOffset at)
    {
        var spec = turn.State.JobOf(run)?.Spec;
        if (spec is null || spec.DeliveryOrDefault() == Delivery.AtMostOnce)
        {
            Finish(turn, run, isLost ? RunState.Lost : RunState.Failed, message, at);
        }
        else if (run.Attempt >= spec.Retries)
        {
            Finish(turn, run, RunState.Failed, message, at);
        }
        else
        {
            var next = run with { State = RunState.Waiting, Since = turn.Now, Attempt = run.Attempt + 1, Message = message };
            turn.State.Runs.Replace(turn, next with { NotBefore = turn.Now.After(RetryWaits.AfterFailure(turn, next)) });
        }
    }

    // The same attempt once more: it does not count.
    private static void Again(Turn turn, Run run, string message)
    {
        var wait = RetryWaits.AfterDrop(run);
        turn.State.Runs.Replace(turn, run with { State = RunState.Waiting, Since = turn.Now, Message = message, NotBefore = wait > TimeSpan.Zero ? turn.Now + wait : null });
    }

    // A dropped task never ran, unless it was seen to. A launch that the master does not know may still reach it; only who may launch twice goes on then.
    private static bool NeverHappened(Turn turn, Run run, TaskStatus status)
    {
        var last = run.Last!;
        if (last.StartedAt is not null || last.State is not (TaskState.TaskStaging or TaskState.TaskUnreachable))
        {
            return false;
        }

        if (status.State == TaskState.TaskDropped)
        {
            return !IsRefused(run, status);
        }

        return run.State == RunState.Launching && status.HasReason && status.Reason == Reason.Reconciliation && IsLost(status.State)
            && turn.State.JobOf(run)?.Spec.DeliveryOrDefault() == Delivery.AtLeastOnce;
    }

    // What agents refuse again and again they will refuse for ever, as a user that does not exist: that is a failure.
    private static bool IsRefused(Run run, TaskStatus status) =>
        status is { State: TaskState.TaskDropped, Source: TaskStatus.Types.Source.Agent } && run.Last!.StartedAt is null && RetryWaits.Drops(run) >= AgentDropsMost;

    private static bool IsLost(TaskState state) => state is TaskState.TaskLost or TaskState.TaskGone or TaskState.TaskGoneByOperator or TaskState.TaskUnknown or TaskState.TaskUnreachable or TaskState.TaskDropped;

    private static bool IsAsync(Turn turn, Run run) => turn.State.JobOf(run) is { Spec.Async: true };

    private static string Describe(Run run, TaskStatus status)
    {
        var what = status.State switch
        {
            TaskState.TaskFailed => "failed",
            TaskState.TaskKilled => "was killed",
            TaskState.TaskError => "was refused",
            TaskState.TaskDropped => "was not launched",
            _ => "was lost",
        };
        var text = $"attempt {run.Attempt + 1} {what} on {run.Last!.Hostname}";
        return status.HasMessage && status.Message.Length > 0 ? $"{text}: {status.Message}" : text;
    }
}
