using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Updates;
using Tepui.Protocol.Link;
using EventType = Tepui.Protocol.V1.Executor.Event.Types.Type;

namespace Tepui.Agent.Core.Registration;

/// <summary>Leaves the pool for good, by the operator's will or the master's: ends everything, forgets the id, stops.</summary>
internal static class Leave
{
    /// <summary>Exit code when the operator wanted it.</summary>
    public const int ExitCodeLeft = 0;

    /// <summary>Exit code when the master did not want this agent.</summary>
    public const int ExitCodeRefused = 10;

    /// <summary>Time beyond the grace of containers after which the process stops whatever still runs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void ByOperator(Turn turn)
    {
        if (turn.State.Leaving.IsLeaving)
        {
            return;
        }

        turn.ToMaster(new AgentFrame { Unregister = new() });
        Begin(turn, ExitCodeLeft, "the agent left the pool");
    }

    public static void ShutDown(Turn turn, string message) =>
        Begin(turn, ExitCodeRefused, $"the master does not want this agent: {message}");

    /// <summary>Stops once nothing runs any more.</summary>
    public static void FinishIfEmpty(Turn turn)
    {
        if (turn.State.Leaving is { IsLeaving: true } or { IsDraining: true } && turn.State.Containers.Count == 0)
        {
            Stop(turn);
        }
    }

    private static void Begin(Turn turn, int exitCode, string reason)
    {
        var leaving = turn.State.Leaving;
        leaving.ExitCode = exitCode;
        leaving.Reason = reason;
        var grace = turn.Options.ExecutorShutdownGracePeriod;
        foreach (var framework in turn.State.Frameworks.InOrder())
        {
            Forget(turn, framework);
        }

        Identity.Forget(turn);
        leaving.IsLeaving = true;
        foreach (var container in turn.State.Containers.InOrder())
        {
            if (container.Task is null)
            {
                ExecutorStream.Send(turn, container.Executor, new() { Type = EventType.Shutdown });
            }

            ContainerLife.Kill(turn, container, grace);
        }

        turn.After(grace + Patience, Stop);
        FinishIfEmpty(turn);
    }

    /// <summary>Removes the checkpoints of a framework; its updates are nobody's any more.</summary>
    private static void Forget(Turn turn, FrameworkRecord framework)
    {
        framework.IsEnding = true;
        framework.View = null;
        foreach (var task in framework.Tasks.Values.OrderBy(static task => task.Number))
        {
            if (framework.Checkpoints && task.Executor.Kind != ExecutorKind.Command)
            {
                turn.Forget(Keys.Task(framework.Id, task.Id));
            }

            if (framework.Checkpoints && task.Kill is not null)
            {
                turn.Forget(Keys.Kill(framework.Id, task.Id));
            }
        }

        foreach (var executor in ExecutorLife.InOrder(framework))
        {
            if (executor.State != ExecutorState.Terminated)
            {
                turn.Persist(Keys.Run(executor.Container), Entries.Ended(executor, turn.Now));
            }
        }

        UpdateStreams.DropAll(turn, framework);
        if (framework.Executors.Count > 0)
        {
            turn.Forget(Keys.Framework(framework.Id));
        }
        else
        {
            FrameworkLife.CompleteIfIdle(turn, framework);
        }
    }

    private static void Stop(Turn turn)
    {
        var leaving = turn.State.Leaving;
        if (!leaving.HasStopped)
        {
            leaving.HasStopped = true;
            turn.Emit(new AgentEffect.Stop(leaving.ExitCode, leaving.Reason));
        }
    }
}
