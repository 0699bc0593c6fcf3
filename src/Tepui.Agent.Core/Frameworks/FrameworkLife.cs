using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.GarbageCollection;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Frameworks;

/// <summary>How a framework comes to this agent, changes, and goes.</summary>
internal static class FrameworkLife
{
    /// <summary>The record of the framework of a launch; new ones are checkpointed.</summary>
    public static FrameworkRecord Meet(Turn turn, FrameworkInfo info)
    {
        var framework = turn.State.Frameworks.GetOrAdd(turn.State, FrameworkId.From(info.Id));
        if (!framework.HasEntry)
        {
            Take(turn, framework, info);
        }

        return framework;
    }

    /// <summary>The framework subscribed again or changed: it is told all that it has not acknowledged.</summary>
    public static void Update(Turn turn, MasterFrame.Types.UpdateFramework update)
    {
        if (!turn.State.Frameworks.TryGet(FrameworkId.From(update.Framework.Id), out var framework) || framework.IsEnding)
        {
            return;
        }

        Take(turn, framework, update.Framework);
        UpdateStreams.Resend(turn, framework);
    }

    /// <summary>The framework is over: its executors end, its updates are dropped.</summary>
    public static void ShutDown(Turn turn, FrameworkId id)
    {
        if (!turn.State.Frameworks.TryGet(id, out var framework) || framework.IsEnding)
        {
            return;
        }

        framework.IsEnding = true;
        framework.View = null;
        foreach (var executor in ExecutorLife.InOrder(framework))
        {
            ExecutorLife.ShutDown(turn, executor);
        }

        UpdateStreams.DropAll(turn, framework);
        CompleteIfIdle(turn, framework);
    }

    /// <summary>Lets go of a framework that has nothing here any more.</summary>
    public static void CompleteIfIdle(Turn turn, FrameworkRecord framework)
    {
        if (!framework.IsIdle || !turn.State.Frameworks.TryGet(framework.Id, out _))
        {
            return;
        }

        if (framework.HasEntry)
        {
            framework.HasEntry = false;
            turn.Forget(Keys.Framework(framework.Id));
        }

        if (turn.State.Frameworks.Complete(framework) is { } forgotten)
        {
            foreach (var executor in forgotten.CompletedExecutors)
            {
                Sandboxes.ForgetHistory(turn, executor);
            }
        }
    }

    /// <summary>Keeps an executor that is over for display, as one of the last of its framework.</summary>
    public static void Keep(Turn turn, ExecutorRecord executor)
    {
        var kept = executor.Framework.CompletedExecutors;
        kept.Enqueue(executor);
        if (kept.Count > turn.Options.MaxCompletedExecutorsPerFramework)
        {
            Sandboxes.ForgetHistory(turn, kept.Dequeue());
        }

        executor.Changed();
    }

    private static void Take(Turn turn, FrameworkRecord framework, FrameworkInfo info)
    {
        framework.Info = info;
        framework.HasEntry = true;
        turn.Persist(Keys.Framework(framework.Id), Entries.Framework(info));
    }
}
