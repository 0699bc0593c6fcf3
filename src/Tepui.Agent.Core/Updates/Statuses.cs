using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;
using Source = Tepui.Protocol.V1.TaskStatus.Types.Source;

namespace Tepui.Agent.Core.Updates;

/// <summary>Makes statuses, complete with uuid, agent and time.</summary>
internal static class Statuses
{
    /// <summary>What the built-in executor says of a task that the agent runs.</summary>
    public static TaskStatus OfTask(Turn turn, TaskRecord task, TaskState state)
    {
        var status = New(turn, task.Id, state, Source.Executor);
        status.ExecutorId = task.Executor.Id.ToWire();
        if (task.Checks?.LastCheck is { } check)
        {
            status.CheckStatus = check;
        }

        status.ContainerStatus = new ContainerStatus { ContainerId = task.Container.ToWire() };
        var isNested = task.Executor.Kind == ExecutorKind.Default;
        if (!isNested || !state.IsTerminal())
        {
            AddNetwork(turn, status.ContainerStatus);
        }

        if ((!isNested || state is TaskState.TaskRunning or TaskState.TaskKilling) && turn.State.Containers.TryGet(task.Container, out var container))
        {
            AddPid(status.ContainerStatus, container.Pid);
        }
        else if (!isNested && task.Statuses.Count > 0 && task.Statuses[^1].ContainerStatus is { HasExecutorPid: true } last)
        {
            status.ContainerStatus.ExecutorPid = last.ExecutorPid;
        }

        return status;
    }

    /// <summary>What the agent says of a task with a record here.</summary>
    public static TaskStatus OfAgent(Turn turn, TaskRecord task, TaskState state, Reason reason, string message)
    {
        var status = New(turn, task.Id, state, Source.Agent);
        status.ExecutorId = task.Executor.Id.ToWire();
        status.Reason = reason;
        status.Message = message;
        return status;
    }

    /// <summary>TASK_DROPPED, or TASK_LOST for a framework that does not know that.</summary>
    public static TaskStatus Dropped(Turn turn, TaskRecord task, Reason reason, string message) =>
        OfAgent(turn, task, task.Executor.Framework.IsPartitionAware ? TaskState.TaskDropped : TaskState.TaskLost, reason, message);

    /// <inheritdoc cref="Dropped(Turn, TaskRecord, Reason, string)"/>
    public static TaskStatus Dropped(Turn turn, FrameworkRecord framework, TaskId task, Reason reason, string message) =>
        Dropped(turn, task, framework.IsPartitionAware, reason, message);

    /// <inheritdoc cref="Dropped(Turn, TaskRecord, Reason, string)"/>
    public static TaskStatus Dropped(Turn turn, TaskId task, bool isPartitionAware, Reason reason, string message)
    {
        var status = New(turn, task, isPartitionAware ? TaskState.TaskDropped : TaskState.TaskLost, Source.Agent);
        status.Reason = reason;
        status.Message = message;
        return status;
    }

    /// <summary>What becomes of an unfinished task when its executor has ended.</summary>
    public static TaskStatus OfExecutorEnd(Turn turn, TaskRecord task, ExecutorEnd end)
    {
        var knows = task.Executor.Framework.IsPartitionAware;
        var state = end.State is TaskState.TaskGone or TaskState.TaskDropped && !knows ? TaskState.TaskLost : end.State;
        return OfAgent(turn, task, state, end.Reason, end.Message);
    }

    /// <summary>Adds to a status of a framework's executor what the agent knows better.</summary>
    public static void Complete(Turn turn, ExecutorRecord executor, TaskStatus status)
    {
        status.AgentId = turn.State.Info.Id;
        status.ExecutorId = executor.Id.ToWire();
        if (!status.HasTimestamp)
        {
            status.Timestamp = Clock.Seconds(turn.Now);
        }

        status.ContainerStatus ??= new ContainerStatus();
        status.ContainerStatus.ContainerId ??= executor.Container.ToWire();
        if (status.ContainerStatus.NetworkInfos.Count == 0)
        {
            AddNetwork(turn, status.ContainerStatus);
        }

        if (turn.State.Containers.TryGet(executor.Container, out var container))
        {
            AddPid(status.ContainerStatus, container.Pid);
        }
    }

    private static TaskStatus New(Turn turn, TaskId task, TaskState state, Source source) => new()
    {
        TaskId = task.ToWire(),
        State = state,
        Source = source,
        AgentId = turn.State.Info.Id,
        Timestamp = Clock.Seconds(turn.Now),
        Uuid = turn.State.NextUuid(),
    };

    private static void AddNetwork(Turn turn, ContainerStatus status)
    {
        var ip = turn.Options.Ip;
        var address = new NetworkInfo.Types.IPAddress
        {
            Protocol = ip.Contains(':') ? NetworkInfo.Types.Protocol.Ipv6 : NetworkInfo.Types.Protocol.Ipv4,
            IpAddress = ip,
        };
        status.NetworkInfos.Add(new NetworkInfo { IpAddresses = { address } });
    }

    private static void AddPid(ContainerStatus status, int? pid)
    {
        if (pid is { } known)
        {
            status.ExecutorPid = (uint)known;
        }
    }
}
