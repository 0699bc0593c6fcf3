using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Reconciliation;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Tasks;

/// <summary>Frameworks end tasks and executors.</summary>
internal static class Kills
{
    /// <summary>Ends a task. The wish is kept, in case the agent is away or does not get it. An unknown task is reconciled instead; a wrong agent is ignored.</summary>
    public static void Kill(Turn turn, Framework framework, Call.Types.Kill call)
    {
        turn.State.Counters.Add(CounterNames.MessagesKillTask);
        if (framework.Tasks[TaskId.From(call.TaskId)] is not { } task)
        {
            TaskReconciliation.Explicit(turn, framework, call.TaskId, call.AgentId);
            return;
        }

        if (call.AgentId is not null && AgentId.From(call.AgentId) != task.Agent)
        {
            return;
        }

        Kill(turn, task, call.KillPolicy);
    }

    /// <summary>Ends a task of any framework; the framework sees it killed.</summary>
    public static void ByOperator(Turn turn, MasterInput.KillTask input)
    {
        if (turn.State.Frameworks.Find(input.Framework) is not { } framework)
        {
            turn.Reply(input.Request, 404, $"No framework has the id '{input.Framework}'");
        }
        else if (framework.Tasks[input.Task] is not { } task)
        {
            turn.Reply(input.Request, 404, $"Framework {input.Framework} has no task '{input.Task}'");
        }
        else
        {
            Kill(turn, task, policy: null);
            turn.Reply(input.Request, 202);
        }
    }

    private static void Kill(Turn turn, LaunchedTask task, Protocol.V1.KillPolicy? policy)
    {
        task.Kill = new(policy);
        if (turn.State.Agents.Find(task.Agent) is { } agent)
        {
            turn.Tell(agent, Frame(task));
        }
    }

    /// <summary>The frame that tells an agent of a wish to end a task.</summary>
    public static Protocol.Link.MasterFrame Frame(LaunchedTask task) => new()
    {
        KillTask = new() { FrameworkId = task.Wire.FrameworkId, TaskId = task.Wire.TaskId, KillPolicy = task.Kill?.Policy },
    };

    /// <summary>Ends an executor and all its tasks, if its agent is there.</summary>
    public static void Shutdown(Turn turn, Framework framework, Call.Types.Shutdown call)
    {
        if (turn.State.Agents.Find(AgentId.From(call.AgentId)) is { } agent)
        {
            turn.Tell(agent, new() { ShutdownExecutor = new() { FrameworkId = framework.Info.Id, ExecutorId = call.ExecutorId } });
        }
    }
}
