using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Instances;

/// <summary>What a status says about a task.</summary>
internal static class TaskNews
{
    /// <summary>The task after the status; equal to what it was if there is no news.</summary>
    public static InstanceTask After(InstanceTask task, TaskStatus status, DateTimeOffset now)
    {
        var state = TaskConditions.Settle(status);
        if (TaskConditions.HasEnded(task.State))
        {
            return task;
        }

        state = TaskConditions.IsLate(task.State, state) ? task.State : state;
        var ended = TaskConditions.HasEnded(state);
        return task with
        {
            State = state,
            StartedAt = task.StartedAt ?? (state == TaskState.TaskRunning ? Time(status, now) : null),
            EndedAt = ended ? Time(status, now) : null,
            Addresses = Addresses(status) is { Count: > 0 } addresses && !addresses.SequenceEqual(task.Addresses, StringComparer.Ordinal) ? addresses : task.Addresses,
            Healthy = status.HasHealthy ? status.Healthy : task.Healthy,
            Check = status.CheckStatus ?? task.Check,
            Message = ended && status.HasMessage ? status.Message : task.Message,
        };
    }

    /// <summary>When what the status tells happened, as far as can be told: clocks of agents may run ahead.</summary>
    public static DateTimeOffset Time(TaskStatus status, DateTimeOffset now)
    {
        const double latest = 253_402_300_799;
        if (!status.HasTimestamp || !(status.Timestamp is > 0 and < latest))
        {
            return now;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(status.Timestamp * 1000));
        return at < now ? at : now;
    }

    private static List<string> Addresses(TaskStatus status) =>
        [.. status.ContainerStatus?.NetworkInfos.SelectMany(network => network.IpAddresses).Select(address => address.IpAddress).Where(address => address.Length > 0) ?? []];
}
