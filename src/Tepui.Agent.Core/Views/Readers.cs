using System.Collections.Immutable;
using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Tasks;
using Tepui.Model.Resources;

namespace Tepui.Agent.Core.Views;

/// <summary>Makes what readers see. Executors and frameworks that did not change keep their view.</summary>
internal static class Readers
{
    public static AgentView View(AgentState state, DateTimeOffset now)
    {
        var active = state.Frameworks.InOrder().Where(static framework => framework.Info is not null).Select(framework => View(state, framework)).ToImmutableArray();
        return new AgentView
        {
            Taken = now,
            Version = state.Version,
            Info = state.Info,
            Registered = state.Master.Registered,
            Recovering = state.Recovery.IsWaiting,
            Master = state.Master.Registered ? state.Master.Master : null,
            Total = ResourceSet.From(state.Info.Resources),
            Allocated = ResourceSet.Sum(active.SelectMany(static framework => framework.Executors).Select(static executor => executor.Resources)),
            Frameworks = active,
            CompletedFrameworks = [.. state.Frameworks.Completed.Where(static framework => framework.Info is not null).Select(framework => View(state, framework))],
            Counters = state.Counters.View(),
        };
    }

    private static FrameworkView View(AgentState state, FrameworkRecord framework) => framework.View ??= new FrameworkView(
        framework.Info!,
        [.. ExecutorLife.InOrder(framework).Select(executor => View(state, executor))],
        [.. framework.CompletedExecutors.Select(executor => View(state, executor))]);

    private static ExecutorView View(AgentState state, ExecutorRecord executor) => executor.View ??= Make(state, executor);

    private static ExecutorView Make(AgentState state, ExecutorRecord executor)
    {
        var tasks = ExecutorLife.TasksInOrder(executor);
        var launched = tasks.Where(static task => task.Phase == TaskPhase.Launched);
        var isOver = executor.State == ExecutorState.Terminated;
        var live = tasks.Where(static task => !task.HasEnded).Select(static task => ResourceSet.From(task.Info.Resources));
        var own = executor.Kind == ExecutorKind.Command || isOver ? ResourceSet.Empty : ResourceSet.From(executor.Info.Resources);
        state.Containers.TryGet(executor.Container, out var container);
        return new ExecutorView
        {
            Info = executor.Info,
            IsCommandExecutor = executor.Kind == ExecutorKind.Command,
            Container = executor.Container,
            Pid = container?.Pid,
            Directory = $"{state.Options.WorkDirectory}/{executor.Directory}",
            State = executor.State.ToString().ToUpperInvariant(),
            Resources = ResourceSet.Sum(live.Prepend(own)),
            QueuedTasks = [.. tasks.Where(static task => task.Phase == TaskPhase.Queued).Select(static task => task.Info)],
            LaunchedTasks = [.. launched.Select(static task => task.ToWire())],
            TerminatedTasks = [.. tasks.Where(static task => task.HasEnded).Select(static task => task.ToWire())],
            CompletedTasks = [.. executor.CompletedTasks],
            Nested = executor.Kind == ExecutorKind.Default ? Nested(state, tasks) : [],
        };
    }

    private static ImmutableArray<NestedContainerView> Nested(AgentState state, List<TaskRecord> tasks)
    {
        var nested = ImmutableArray.CreateBuilder<NestedContainerView>();
        foreach (var task in tasks)
        {
            if (state.Containers.TryGet(task.Container, out ContainerRecord? container))
            {
                nested.Add(new(container.Id, task.Id, container.Pid, $"{state.Options.WorkDirectory}/{container.Directory}"));
            }
        }

        return nested.ToImmutable();
    }
}
