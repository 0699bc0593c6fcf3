using Tepui.Agent.Core.Tasks;
using Tepui.Protocol.V1;
using Event = Tepui.Protocol.V1.Executor.Event;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;

namespace Tepui.Agent.Core.Executors;

/// <summary>The event stream to a framework's executor: opening, closing, and what is sent on it.</summary>
internal static class ExecutorStream
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMinutes(30);

    public static void Open(Turn turn, ExecutorRecord executor, StreamId stream)
    {
        Close(turn, executor);
        executor.Stream = stream;
        turn.State.Streams[stream] = executor;
        executor.Heartbeat = turn.After(HeartbeatInterval, t => Beat(t, executor, stream));
    }

    /// <summary>Ends the stream, if there is one, after what was sent before.</summary>
    public static void Close(Turn turn, ExecutorRecord executor)
    {
        if (executor.Stream is { } stream)
        {
            Drop(turn, executor, stream);
            turn.Emit(new AgentEffect.CloseStream(stream));
        }
    }

    /// <summary>The stream ended from outside. The executor may come back; its launches and kills wait.</summary>
    public static void Closed(Turn turn, StreamId stream)
    {
        if (turn.State.Streams.TryGetValue(stream, out var executor))
        {
            Drop(turn, executor, stream);
        }
    }

    /// <summary>Sends all launches that wait, oldest first.</summary>
    public static void Deliver(Turn turn, ExecutorRecord executor)
    {
        if (executor.Stream is null || executor.State != ExecutorState.Running)
        {
            return;
        }

        foreach (var launch in executor.Undelivered)
        {
            if (launch[0].HasEnded)
            {
                // Killed while it waited, and its whole group with it.
                continue;
            }

            foreach (var task in launch)
            {
                task.Phase = TaskPhase.Launched;
            }

            Send(turn, executor, launch[0].Group is null ? Launch(launch[0]) : LaunchGroup(launch));
            executor.WasUsed = true;
        }

        executor.Undelivered.Clear();
        executor.Changed();
    }

    public static void SendKill(Turn turn, TaskRecord task) => Send(turn, task.Executor, new Event
    {
        Type = EventType.Kill,
        Kill = new() { TaskId = task.Info.TaskId, KillPolicy = task.Kill?.Policy },
    });

    public static void Send(Turn turn, ExecutorRecord executor, Event message)
    {
        if (executor.Stream is { } stream)
        {
            turn.Emit(new AgentEffect.ToExecutor(stream, message));
        }
    }

    private static void Drop(Turn turn, ExecutorRecord executor, StreamId stream)
    {
        turn.State.Streams.Remove(stream);
        executor.Stream = null;
        executor.Heartbeat?.Cancel();
    }

    private static void Beat(Turn turn, ExecutorRecord executor, StreamId stream)
    {
        Send(turn, executor, new Event { Type = EventType.Heartbeat });
        executor.Heartbeat = turn.After(HeartbeatInterval, t => Beat(t, executor, stream));
    }

    private static Event Launch(TaskRecord task) => new() { Type = EventType.Launch, Launch = new() { Task = task.Info } };

    private static Event LaunchGroup(IReadOnlyList<TaskRecord> tasks)
    {
        var group = new TaskGroupInfo();
        foreach (var task in tasks)
        {
            group.Tasks.Add(task.Info);
        }

        return new() { Type = EventType.LaunchGroup, LaunchGroup = new() { TaskGroup = group } };
    }
}
