using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Recovery;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Executors;

/// <summary>Sets up new runs of executors.</summary>
internal static class NewExecutors
{
    /// <summary>The run of a command task; its container is started with the task.</summary>
    public static ExecutorRecord Command(Turn turn, FrameworkRecord framework, ExecutorId id) => Add(turn, framework, id, ExecutorKind.Command);

    /// <summary>A run of a framework's own executor, whose process is started, or of the built-in one, which has none.</summary>
    public static ExecutorRecord Of(Turn turn, FrameworkRecord framework, ExecutorId id, ExecutorInfo info)
    {
        var kind = info.Type == ExecutorInfo.Types.Type.Default ? ExecutorKind.Default : ExecutorKind.Custom;
        var executor = Add(turn, framework, id, kind);
        executor.Info = WithFramework(info, framework);
        turn.Persist(Keys.Run(executor.Container), Entries.Run(executor, turn.Now));
        if (kind == ExecutorKind.Default)
        {
            executor.State = ExecutorState.Running;
            turn.Emit(new AgentEffect.MakeSandbox(executor.Directory, Plans.User(turn, executor, info.Command)));
        }
        else
        {
            executor.LiveContainers = 1;
            var container = new ContainerRecord(executor.Container, executor, task: null, executor.Directory);
            ContainerLife.Start(turn, container, Plans.ForExecutor(turn, executor));
        }

        return executor;
    }

    private static ExecutorRecord Add(Turn turn, FrameworkRecord framework, ExecutorId id, ExecutorKind kind)
    {
        var container = new ContainerId(turn.State.NextUuidText());
        var directory = Plans.Directory(turn.State, framework.Id, id, container);
        var executor = new ExecutorRecord(framework, id, kind, container, directory, turn.State.NextNumber());
        framework.Executors.Add(id, executor);
        framework.View = null;
        return executor;
    }

    private static ExecutorInfo WithFramework(ExecutorInfo info, FrameworkRecord framework)
    {
        if (info.FrameworkId is not null)
        {
            return info;
        }

        var complete = info.Clone();
        complete.FrameworkId = framework.Id.ToWire();
        return complete;
    }
}
