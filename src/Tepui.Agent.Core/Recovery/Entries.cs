using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Recovery;

/// <summary>Makes the entries of checkpoints. They refer to the messages in the state rather than copy them.</summary>
internal static class Entries
{
    public static FrameworkEntry Framework(FrameworkInfo info) => new() { FrameworkInfo = info };

    /// <summary>The run of a framework's own or the built-in executor.</summary>
    public static RunEntry Run(ExecutorRecord executor, DateTimeOffset launched)
    {
        var entry = Ended(executor, launched);
        if (executor.Framework.Checkpoints)
        {
            entry.Executor = executor.Info;
        }

        return entry;
    }

    /// <summary>The run of a command task.</summary>
    public static RunEntry Run(ExecutorRecord executor, TaskRecord task)
    {
        var entry = Ended(executor, task.Launched);
        if (executor.Framework.Checkpoints)
        {
            entry.CommandTask = task.Info;
        }

        return entry;
    }

    /// <summary>A run of which only the sandbox is left.</summary>
    public static RunEntry Ended(ExecutorRecord executor, DateTimeOffset time) => new()
    {
        FrameworkId = executor.Framework.Id.ToWire(),
        ContainerId = executor.Container.Value,
        Directory = executor.Directory,
        SinceNanoseconds = Clock.Nanoseconds(time),
    };

    /// <summary>A run that is over and can be told of.</summary>
    public static RunEntry Told(ExecutorRecord executor, DateTimeOffset time)
    {
        var entry = Ended(executor, time);
        entry.History = new()
        {
            FrameworkInfo = executor.Framework.Info,
            ExecutorInfo = executor.Info,
            Command = executor.Kind == ExecutorKind.Command,
        };
        entry.History.Tasks.Add(executor.CompletedTasks);
        return entry;
    }

    public static TaskEntry Task(TaskRecord task)
    {
        var entry = new TaskEntry
        {
            FrameworkId = task.Executor.Framework.Id.ToWire(),
            TaskInfo = task.Info,
            Run = task.Executor.Container.Value,
            LaunchedNanoseconds = Clock.Nanoseconds(task.Launched),
        };
        if (task.Container.IsSet)
        {
            entry.ContainerId = task.Container.Value;
        }

        if (task.Group is { } group)
        {
            entry.Group = group.Number;
        }

        return entry;
    }

    public static UpdateEntry Update(UpdateStream stream, ulong number, TaskStatus status, bool acknowledged = false)
    {
        var entry = new UpdateEntry { FrameworkId = stream.Framework.Id.ToWire(), Number = number, Status = status };
        if (acknowledged)
        {
            entry.Acknowledged = true;
        }

        return entry;
    }

    public static KillEntry Kill(TaskRecord task, DateTimeOffset deadline) => new()
    {
        FrameworkId = task.Executor.Framework.Id.ToWire(),
        TaskId = task.Id.ToWire(),
        Cause = task.Kill!.Cause,
        DeadlineNanoseconds = Clock.Nanoseconds(deadline),
    };
}
