using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Call = Tepui.Protocol.V1.Executor.Call;
using CallType = Tepui.Protocol.V1.Executor.Call.Types.Type;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;

namespace Tepui.Agent.Core.Executors;

/// <summary>The calls of a subscribed executor.</summary>
internal static class ExecutorCalls
{
    public static void Handle(Turn turn, RequestId request, Call call)
    {
        var (status, body) = Answer(turn, call);
        turn.Emit(new AgentEffect.Reply(request, status, body));
    }

    /// <summary>Takes one status update and tells the executor that it is in good hands.</summary>
    public static void TakeUpdate(Turn turn, ExecutorRecord executor, Call.Types.Update? update)
    {
        if (ExecutorCallProblems.OfUpdate(executor.Framework.Id, executor.Id, update) is not null)
        {
            turn.State.Counters.Add(Counters.InvalidStatusUpdates);
            return;
        }

        var status = update!.Status;
        Statuses.Complete(turn, executor, status);
        Report.FromExecutor(turn, executor, status);
        ExecutorStream.Send(turn, executor, new()
        {
            Type = EventType.Acknowledged,
            Acknowledged = new() { TaskId = status.TaskId, Uuid = status.Uuid },
        });
    }

    /// <summary>A framework's message to its executor. The built-in executors have no use for any.</summary>
    public static void MessageFromFramework(Turn turn, MasterFrame.Types.FrameworkMessage message)
    {
        if (!turn.State.Frameworks.TryGet(FrameworkId.From(message.FrameworkId), out var framework)
            || !framework.Executors.TryGetValue(ExecutorId.From(message.ExecutorId), out var executor)
            || executor.State != ExecutorState.Running
            || (executor.Kind == ExecutorKind.Custom && executor.Stream is null))
        {
            turn.State.Counters.Add(Counters.InvalidFrameworkMessages);
            return;
        }

        ExecutorStream.Send(turn, executor, new() { Type = EventType.Message, Message = new() { Data = message.Data } });
        turn.State.Counters.Add(Counters.ValidFrameworkMessages);
    }

    private static (int Status, string Body) Answer(Turn turn, Call call)
    {
        if (ExecutorCallProblems.Of(call) is { } problem)
        {
            if (call.Type == CallType.Update)
            {
                turn.State.Counters.Add(Counters.InvalidStatusUpdates);
            }

            return (400, $"Failed to validate Executor::Call: {problem}");
        }

        if (call.Type == CallType.Heartbeat)
        {
            return (202, "");
        }

        if (!turn.State.Frameworks.TryGet(FrameworkId.From(call.FrameworkId), out var framework) || framework.Info is null)
        {
            return (400, "Framework cannot be found");
        }

        if (!framework.Executors.TryGetValue(ExecutorId.From(call.ExecutorId), out var executor))
        {
            return (400, "Executor cannot be found");
        }

        if (executor.Kind != ExecutorKind.Custom || executor.State == ExecutorState.Registering)
        {
            return (403, "Executor is not subscribed");
        }

        switch (call.Type)
        {
            case CallType.Update:
                TakeUpdate(turn, executor, call.Update);
                return (202, "");
            case CallType.Message:
                SendMessage(turn, executor, call.Message);
                return (202, "");
            default:
                return (501, $"Executor call of type {call.Type.ToString().ToUpperInvariant()} is not known");
        }
    }

    private static void SendMessage(Turn turn, ExecutorRecord executor, Call.Types.Message message)
    {
        var sent = turn.ToMaster(new AgentFrame
        {
            ExecutorMessage = new()
            {
                FrameworkId = executor.Framework.Id.ToWire(),
                ExecutorId = executor.Id.ToWire(),
                Data = message.Data,
            },
        });
        turn.State.Counters.Add(sent ? Counters.ValidFrameworkMessages : Counters.InvalidFrameworkMessages);
    }
}
