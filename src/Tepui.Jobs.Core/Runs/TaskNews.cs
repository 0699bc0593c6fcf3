using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What a status says about an attempt.</summary>
internal static class TaskNews
{
    /// <summary>Whether a task in this state has ended.</summary>
    public static bool HasEnded(TaskState state) => state is not (TaskState.TaskStaging or TaskState.TaskStarting or TaskState.TaskRunning or TaskState.TaskKilling or TaskState.TaskUnreachable);

    /// <summary>Whether news of <paramref name="next"/> is older than what is known: states only go forward, except back from unreachable.</summary>
    public static bool IsLate(TaskState known, TaskState next) =>
        HasEnded(known) || (known != TaskState.TaskUnreachable && !HasEnded(next) && next != TaskState.TaskUnreachable && Rank(next) < Rank(known));

    /// <summary>The attempt after the status.</summary>
    public static Attempt After(Attempt attempt, TaskStatus status, DateTimeOffset now)
    {
        var ran = status.State is TaskState.TaskRunning or TaskState.TaskFinished;
        return attempt with
        {
            State = status.State,
            StartedAt = attempt.StartedAt ?? (ran ? Time(attempt, status, now) : null),
            EndedAt = HasEnded(status.State) ? Time(attempt, status, now) : null,
            Message = status.HasMessage ? status.Message : status.State == attempt.State ? attempt.Message : null,
            Reason = status.HasReason ? status.Reason : status.State == attempt.State ? attempt.Reason : null,
        };
    }

    // When what the status tells happened, as far as can be told: clocks of agents may be wrong.
    private static DateTimeOffset Time(Attempt attempt, TaskStatus status, DateTimeOffset now)
    {
        const double latest = 253_402_300_799;
        if (!status.HasTimestamp || !(status.Timestamp is > 0 and < latest))
        {
            return now;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(status.Timestamp * 1000));
        var earliest = attempt.StartedAt ?? attempt.LaunchedAt;
        return at > now || earliest > now ? now : at < earliest ? earliest : at;
    }

    private static int Rank(TaskState state) => state switch
    {
        TaskState.TaskStaging => 0,
        TaskState.TaskStarting => 1,
        TaskState.TaskRunning => 2,
        _ => 3,
    };
}
