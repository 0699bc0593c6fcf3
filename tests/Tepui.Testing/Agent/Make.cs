using Tepui.Protocol.V1;

namespace Tepui.Testing.Agent;

/// <summary>Messages with valid defaults, so that a test says only what matters to it.</summary>
public static class Make
{
    public const string FrameworkId = "F-0001";
    public const string AgentId = "S-0001";

    public static FrameworkInfo Framework(
        string id = FrameworkId,
        bool checkpoint = true,
        params FrameworkInfo.Types.Capability.Types.Type[] capabilities)
    {
        var info = new FrameworkInfo { User = "root", Name = "test", Id = new() { Value = id }, Checkpoint = checkpoint };
        info.Capabilities.Add(capabilities.Select(type => new FrameworkInfo.Types.Capability { Type = type }));
        return info;
    }

    public static TaskInfo Task(string id, string? command = "sleep 1000")
    {
        var task = new TaskInfo { Name = id, TaskId = new() { Value = id }, AgentId = new() { Value = AgentId } };
        task.Resources.Add(Scalar("cpus", 0.1));
        task.Resources.Add(Scalar("mem", 32));
        task.Command = new CommandInfo();
        if (command is not null)
        {
            task.Command.Value = command;
        }

        return task;
    }

    public static ExecutorInfo Executor(string id, ExecutorInfo.Types.Type type = ExecutorInfo.Types.Type.Custom, string framework = FrameworkId)
    {
        var executor = new ExecutorInfo { ExecutorId = new() { Value = id }, FrameworkId = new() { Value = framework }, Type = type };
        executor.Resources.Add(Scalar("cpus", 0.1));
        executor.Resources.Add(Scalar("mem", 32));
        if (type == ExecutorInfo.Types.Type.Custom)
        {
            executor.Command = new CommandInfo { Value = "./executor" };
        }

        return executor;
    }

    /// <summary>A task of a framework's own executor.</summary>
    public static TaskInfo TaskOf(ExecutorInfo executor, string id)
    {
        var task = Task(id);
        task.Command = null;
        task.Executor = executor;
        return task;
    }

    public static KillPolicy Grace(double seconds) => new() { GracePeriod = new() { Nanoseconds = (long)(seconds * 1e9) } };

    public static Resource Scalar(string name, double value, string role = "web") => new()
    {
        Name = name,
        Type = Value.Types.Type.Scalar,
        Scalar = new() { Value = value },
        AllocationInfo = new() { Role = role },
    };
}
