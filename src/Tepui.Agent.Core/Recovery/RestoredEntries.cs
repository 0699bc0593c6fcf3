using Google.Protobuf;
using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.GarbageCollection;
using Tepui.Agent.Core.Groups;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Recovery;

/// <summary>Rebuilds executors, tasks and update streams from their checkpoints. What belongs to nothing any more is removed.</summary>
internal sealed class RestoredEntries(Turn turn, IReadOnlyDictionary<string, IMessage> checkpoints)
{
    private readonly Dictionary<string, ExecutorRecord> _runs = new(StringComparer.Ordinal);

    /// <summary>Runs that were not over, oldest first.</summary>
    public List<ExecutorRecord> Executors { get; } = [];

    public void Load()
    {
        var runs = Restore.InOrder<RunEntry>(checkpoints).OrderBy(static run => run.Entry.SinceNanoseconds).ToList();
        foreach (var (key, entry) in runs)
        {
            LoadRun(key, entry);
        }

        foreach (var (key, entry) in Restore.InOrder<TaskEntry>(checkpoints).OrderBy(static task => task.Entry.LaunchedNanoseconds))
        {
            LoadTask(key, entry);
        }

        foreach (var (key, entry) in Restore.InOrder<UpdateEntry>(checkpoints).OrderBy(static update => update.Entry.Number))
        {
            LoadUpdate(key, entry);
        }

        foreach (var (key, entry) in Restore.InOrder<KillEntry>(checkpoints))
        {
            LoadKill(key, entry);
        }

        Settle();
    }

    private void LoadRun(string key, RunEntry entry)
    {
        if ((entry.Executor is null && entry.CommandTask is null) || Framework(entry.FrameworkId) is not { } framework)
        {
            LoadEnded(new OldSandbox(key, entry.Directory, Clock.FromNanoseconds(entry.SinceNanoseconds)), entry);
            return;
        }

        var id = entry.Executor is { } own ? ExecutorId.From(own.ExecutorId) : new ExecutorId(entry.CommandTask.TaskId.Value);
        var executor = new ExecutorRecord(framework, id, Kind(entry.Executor), new ContainerId(entry.ContainerId), entry.Directory, turn.State.NextNumber());
        if (!framework.Executors.TryAdd(id, executor))
        {
            turn.State.Counters.Add(Counters.RecoveryErrors);
            return;
        }

        _runs.Add(entry.ContainerId, executor);
        Executors.Add(executor);
        if (entry.Executor is { } info)
        {
            executor.Info = info;
        }
        else
        {
            Add(executor, entry.CommandTask, entry.SinceNanoseconds).Container = executor.Container;
        }
    }

    private void LoadEnded(OldSandbox sandbox, RunEntry entry)
    {
        Sandboxes.Add(turn, sandbox);
        if (entry.History is not { } history || !turn.State.Id.IsSet || history.Tasks.Any(task => AgentId.From(task.AgentId) != turn.State.Id))
        {
            return;
        }

        var framework = turn.State.Frameworks.GetOrAdd(turn.State, FrameworkId.From(entry.FrameworkId));
        framework.Info ??= history.FrameworkInfo;
        var executor = new ExecutorRecord(
            framework,
            ExecutorId.From(history.ExecutorInfo.ExecutorId),
            Kind(history.Command ? null : history.ExecutorInfo),
            new ContainerId(entry.ContainerId),
            entry.Directory,
            turn.State.NextNumber())
        {
            Info = history.ExecutorInfo,
            State = ExecutorState.Terminated,
            Sandbox = sandbox,
        };
        foreach (var task in history.Tasks)
        {
            executor.CompletedTasks.Enqueue(task);
        }

        FrameworkLife.Keep(turn, executor);
    }

    private void LoadTask(string key, TaskEntry entry)
    {
        if (!_runs.TryGetValue(entry.Run, out var executor) || executor.Framework.Tasks.ContainsKey(TaskId.From(entry.TaskInfo.TaskId)))
        {
            turn.Forget(key);
            return;
        }

        var task = Add(executor, entry.TaskInfo, entry.LaunchedNanoseconds);
        if (entry.HasContainerId)
        {
            task.Container = new ContainerId(entry.ContainerId);
        }

        if (entry.HasGroup)
        {
            task.Group = executor.Tasks.Values.FirstOrDefault(other => other.Group?.Number == entry.Group)?.Group ?? new GroupRecord(entry.Group);
            task.Group.Tasks.Add(task);
            executor.Groups = Math.Max(executor.Groups, entry.Group);
        }
    }

    private void LoadUpdate(string key, UpdateEntry entry)
    {
        if (Framework(entry.FrameworkId) is not { } framework)
        {
            turn.Forget(key);
            return;
        }

        var id = TaskId.From(entry.Status.TaskId);
        framework.Tasks.TryGetValue(id, out var task);
        var stream = UpdateStreams.Of(turn, framework, id, task);
        if (stream.Kept is { } older)
        {
            turn.Forget(Keys.Update(stream, older));
            stream.Kept = null;
        }

        stream.Next = entry.Number + 1;
        stream.Latest = entry.Status.State;
        task?.Apply(entry.Status);
        if (entry.Acknowledged)
        {
            stream.Kept = entry.Number;
        }
        else
        {
            stream.Pending.Enqueue((entry.Number, entry.Status));
        }

        if (task is { Executor.Kind: ExecutorKind.Custom })
        {
            stream.See(entry.Status.Uuid);
        }
    }

    private void LoadKill(string key, KillEntry entry)
    {
        if (Framework(entry.FrameworkId) is { } framework
            && framework.Tasks.TryGetValue(TaskId.From(entry.TaskId), out var task)
            && !task.State.IsTerminal())
        {
            task.Kill = new KillRecord(entry.Cause, turn.Now, Policy: null) { Deadline = Clock.FromNanoseconds(entry.DeadlineNanoseconds) };
        }
        else
        {
            turn.Forget(key);
        }
    }

    /// <summary>Draws from each task's statuses how far it was, and drops streams that hold nothing to deliver.</summary>
    private void Settle()
    {
        foreach (var executor in Executors)
        {
            foreach (var task in executor.Tasks.Values)
            {
                Settle(task);
            }
        }

        foreach (var framework in turn.State.Frameworks.InOrder())
        {
            foreach (var stream in UpdateStreams.InOrder(framework))
            {
                if (stream.Task is null && stream.Pending.Count == 0)
                {
                    framework.Updates.Remove(stream.Id);
                    UpdateStreams.ForgetEntries(turn, stream);
                }
            }
        }
    }

    private static void Settle(TaskRecord task)
    {
        task.Phase = task.State.IsTerminal() ? TaskPhase.Ended
            : task.State == TaskState.TaskStaging ? TaskPhase.Queued
            : TaskPhase.Launched;
        if (task.Checks is { } checks && task.Statuses.Count > 0)
        {
            checks.LastCheck = task.Statuses[^1].CheckStatus ?? checks.LastCheck;
            checks.Healthy = task.Statuses[^1] is { HasHealthy: true } last ? last.Healthy : null;
        }
    }

    private TaskRecord Add(ExecutorRecord executor, TaskInfo info, long launched)
    {
        var task = new TaskRecord(info, executor, turn.State.NextNumber(), Clock.FromNanoseconds(launched));
        executor.Tasks.Add(task.Id, task);
        executor.Framework.Tasks.TryAdd(task.Id, task);
        return task;
    }

    private static ExecutorKind Kind(ExecutorInfo? executor) => executor switch
    {
        null => ExecutorKind.Command,
        { Type: ExecutorInfo.Types.Type.Default } => ExecutorKind.Default,
        _ => ExecutorKind.Custom,
    };

    private FrameworkRecord? Framework(FrameworkID id) =>
        turn.State.Frameworks.TryGet(FrameworkId.From(id), out var framework) && framework.HasEntry ? framework : null;
}
