using Google.Protobuf.Collections;
using Tepui.Agent.Core.Containers;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Groups;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Tasks;

/// <summary>Takes launches from the master: finds or starts the executor, and hands it the tasks.</summary>
internal static class Launch
{
    public static void Task(Turn turn, MasterFrame.Types.RunTask run)
    {
        var info = run.Task;
        if (Begin(turn, run.Framework, info.Executor, [info], run.LaunchExecutor) is not { } framework)
        {
            return;
        }

        if (info.Executor is { } executor)
        {
            InExecutor(turn, framework, executor, [info], run.LaunchExecutor, isGroup: false);
        }
        else
        {
            Command(turn, framework, info);
        }
    }

    public static void Group(Turn turn, MasterFrame.Types.RunTaskGroup run)
    {
        if (run.TaskGroup.Tasks.Count > 0 && Begin(turn, run.Framework, run.Executor, run.TaskGroup.Tasks, run.LaunchExecutor) is { } framework)
        {
            InExecutor(turn, framework, run.Executor, run.TaskGroup.Tasks, run.LaunchExecutor, isGroup: true);
        }
    }

    /// <summary>The framework of a launch that may begin; <see langword="null"/> once it is ignored or refused.</summary>
    private static FrameworkRecord? Begin(Turn turn, FrameworkInfo info, ExecutorInfo? executor, IReadOnlyList<TaskInfo> tasks, bool mayLaunch)
    {
        if (IdRule.Problem(info.Id?.Value ?? "") is not null)
        {
            return null;
        }

        if (turn.State.Frameworks.TryGet(FrameworkId.From(info.Id), out var known)
            && (known.IsEnding || tasks.Any(task => IsKnown(known, TaskId.From(task.TaskId)))))
        {
            return null;
        }

        var idProblem = LaunchProblems.OfIds(executor, tasks);
        var framework = FrameworkLife.Meet(turn, info);
        var (reason, problem) = idProblem is not null ? (Reason.TaskInvalid, idProblem)
            : turn.State.Leaving.IsDraining ? (Reason.AgentDraining, "The agent is draining")
            : (Reason.GcError, tasks.Select(LaunchProblems.OfLimits).FirstOrDefault(static limits => limits is not null));
        if (problem is not null)
        {
            Refuse(turn, framework, tasks, reason, problem);
            NotLaunched(turn, framework, executor, mayLaunch);
            return null;
        }

        return framework;
    }

    private static bool IsKnown(FrameworkRecord framework, TaskId task) => framework.Tasks.ContainsKey(task) || framework.Updates.ContainsKey(task);

    private static void Refuse(Turn turn, FrameworkRecord framework, IReadOnlyList<TaskInfo> tasks, Reason reason, string message)
    {
        foreach (var task in tasks)
        {
            Report.SendWithoutTask(turn, framework, Statuses.Dropped(turn, framework, TaskId.From(task.TaskId), reason, message));
        }
    }

    /// <summary>A launch that was to bring an executor did not: the master, which counts it from the launch on, hears that it is not there.</summary>
    private static void NotLaunched(Turn turn, FrameworkRecord framework, ExecutorInfo? info, bool mayLaunch)
    {
        if (mayLaunch && info is not null)
        {
            var id = ExecutorId.From(info.ExecutorId);
            if (!framework.Executors.TryGetValue(id, out var executor) || executor is { State: ExecutorState.Terminated } or { Kind: ExecutorKind.Command })
            {
                ExecutorLife.TellExited(turn, framework.Id, id, waitStatus: null);
            }
        }
    }

    private static void Command(Turn turn, FrameworkRecord framework, TaskInfo info)
    {
        var id = new ExecutorId(info.TaskId.Value);
        if (framework.Executors.ContainsKey(id))
        {
            Refuse(turn, framework, [info], Reason.ExecutorTerminated, $"Executor '{id}' is there already: a task needs an id that no executor of its framework has");
            return;
        }

        var executor = NewExecutors.Command(turn, framework, id);
        var task = Add(turn, executor, info, group: null);
        task.Container = executor.Container;
        if (LaunchProblems.HasNothingToRun(info))
        {
            ExecutorLife.Terminated(turn, executor, waitStatus: null);
            return;
        }

        turn.Persist(Keys.Run(executor.Container), Entries.Run(executor, task));
        StartContainer(turn, task);
    }

    private static void InExecutor(
        Turn turn,
        FrameworkRecord framework,
        ExecutorInfo info,
        RepeatedField<TaskInfo> tasks,
        bool mayLaunch,
        bool isGroup)
    {
        var id = ExecutorId.From(info.ExecutorId);
        var isThere = framework.Executors.TryGetValue(id, out var executor);
        if (executor is { State: ExecutorState.Terminating or ExecutorState.Terminated } or { Kind: ExecutorKind.Command } || (!isThere && !mayLaunch))
        {
            Refuse(turn, framework, tasks, Reason.ExecutorTerminated, $"Executor '{id}' {(isThere ? "is ending" : "is not there any more")}");
            NotLaunched(turn, framework, info, mayLaunch);
            return;
        }

        executor ??= NewExecutors.Of(turn, framework, id, info);
        var group = isGroup ? new GroupRecord(++executor.Groups) : null;
        var records = new List<TaskRecord>(tasks.Count);
        foreach (var task in tasks)
        {
            records.Add(Add(turn, executor, task, group));
        }

        if (executor.Kind == ExecutorKind.Custom)
        {
            Checkpoint(turn, records);
            Queue(turn, executor, records);
        }
        else
        {
            StartNested(turn, executor, records);
        }
    }

    private static TaskRecord Add(Turn turn, ExecutorRecord executor, TaskInfo info, GroupRecord? group)
    {
        var task = new TaskRecord(info, executor, turn.State.NextNumber(), turn.Now) { Group = group };
        group?.Tasks.Add(task);
        executor.Tasks.Add(task.Id, task);
        executor.Framework.Tasks.Add(task.Id, task);
        executor.Changed();
        return task;
    }

    private static void Checkpoint(Turn turn, List<TaskRecord> tasks)
    {
        foreach (var task in tasks)
        {
            if (task.Executor.Framework.Checkpoints)
            {
                turn.Persist(Keys.Task(task.Executor.Framework.Id, task.Id), Entries.Task(task));
            }
        }
    }

    private static void Queue(Turn turn, ExecutorRecord executor, List<TaskRecord> tasks)
    {
        executor.Undelivered.Add(tasks);
        ExecutorStream.Deliver(turn, executor);
    }

    private static void StartNested(Turn turn, ExecutorRecord executor, List<TaskRecord> tasks)
    {
        foreach (var task in tasks)
        {
            task.Container = executor.Container.Child(turn.State.NextUuidText());
        }

        // All are counted before any can fail, so that the executor does not end between two of them.
        Checkpoint(turn, tasks);
        executor.LiveContainers += tasks.Count;
        foreach (var task in tasks)
        {
            Start(turn, task);
        }
    }

    private static void StartContainer(Turn turn, TaskRecord task)
    {
        task.Executor.LiveContainers++;
        Start(turn, task);
    }

    private static void Start(Turn turn, TaskRecord task)
    {
        var plan = Plans.ForTask(turn, task);
        ContainerLife.Start(turn, new ContainerRecord(task.Container, task.Executor, task, plan.Directory), plan);
    }
}
