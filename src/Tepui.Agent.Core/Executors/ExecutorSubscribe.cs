using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Call = Tepui.Protocol.V1.Executor.Call;
using Event = Tepui.Protocol.V1.Executor.Event;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Executors;

/// <summary>An executor connects, for the first time or again.</summary>
internal static class ExecutorSubscribe
{
    /// <summary>Why this SUBSCRIBE must be refused now, or <see langword="null"/>.</summary>
    public static (int Status, string Body)? Refusal(AgentState state, Call call)
    {
        if (!state.Frameworks.TryGet(FrameworkId.From(call.FrameworkId), out var framework) || framework.Info is null)
        {
            return (400, "Framework cannot be found");
        }

        if (!framework.Executors.TryGetValue(ExecutorId.From(call.ExecutorId), out var executor))
        {
            return (400, "Executor cannot be found");
        }

        return executor.Kind == ExecutorKind.Custom ? null : (403, $"Executor '{executor.Id}' is run by the agent itself");
    }

    public static void Handle(Turn turn, StreamId stream, Call call)
    {
        if (Refusal(turn.State, call) is { } refusal)
        {
            turn.Emit(new AgentEffect.ToExecutor(stream, new() { Type = EventType.Error, Error = new() { Message = refusal.Body } }));
            turn.Emit(new AgentEffect.CloseStream(stream));
            return;
        }

        turn.State.Frameworks.TryGet(FrameworkId.From(call.FrameworkId), out var framework);
        var executor = framework!.Executors[ExecutorId.From(call.ExecutorId)];
        if (framework.IsEnding || executor.State is ExecutorState.Terminating or ExecutorState.Terminated)
        {
            turn.Emit(new AgentEffect.ToExecutor(stream, new() { Type = EventType.Shutdown }));
            turn.Emit(new AgentEffect.CloseStream(stream));
            return;
        }

        ExecutorStream.Open(turn, executor, stream);
        executor.Timer?.Cancel();
        executor.State = ExecutorState.Running;
        executor.Changed();
        ExecutorStream.Send(turn, executor, Greeting(turn, executor));
        foreach (var update in call.Subscribe?.UnacknowledgedUpdates ?? [])
        {
            ExecutorCalls.TakeUpdate(turn, executor, update);
        }

        DropLost(turn, executor, call.Subscribe);
        ExecutorStream.Deliver(turn, executor);
        foreach (var task in ExecutorLife.TasksInOrder(executor))
        {
            if (task is { Kill: not null, HasEnded: false })
            {
                ExecutorStream.SendKill(turn, task);
            }
        }

        RecoveryWait.Returned(turn, executor);
    }

    private static Event Greeting(Turn turn, ExecutorRecord executor) => new()
    {
        Type = EventType.Subscribed,
        Subscribed = new()
        {
            ExecutorInfo = executor.Info,
            FrameworkInfo = executor.Framework.Info,
            AgentInfo = turn.State.Info,
            ContainerId = executor.Container.ToWire(),
        },
    };

    /// <summary>Tasks that were sent, of which the executor has said nothing and which it does not name, never reached it.</summary>
    private static void DropLost(Turn turn, ExecutorRecord executor, Call.Types.Subscribe? subscribe)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var task in subscribe?.UnacknowledgedTasks ?? [])
        {
            if (task.TaskId is { } id)
            {
                known.Add(id.Value);
            }
        }

        foreach (var task in ExecutorLife.TasksInOrder(executor))
        {
            if (task.Phase == TaskPhase.Launched && task.State == TaskState.TaskStaging && !known.Contains(task.Id.Value))
            {
                Report.Send(turn, task, Statuses.Dropped(turn, task, Reason.AgentRestarted, "Task launched during agent restart"));
            }
            else if (known.Contains(task.Id.Value))
            {
                executor.WasUsed = true;
            }
        }

        ExecutorLife.ShutDownIfNeverUsed(turn, executor);
    }
}
