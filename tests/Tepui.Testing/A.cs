using Tepui.Protocol.V1;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Testing;

/// <summary>Builders with valid defaults: a test states only what matters to it.</summary>
public static class A
{
    /// <summary>A framework: no id, role <c>*</c>, no failover timeout, checkpointing.</summary>
    public static FrameworkInfo Framework(
        string name = "test",
        string? id = null,
        string? role = null,
        string[]? roles = null,
        double failover = 0,
        bool checkpoint = true,
        params Capability[] can)
    {
        var info = new FrameworkInfo { Name = name, User = "nobody", FailoverTimeout = failover, Checkpoint = checkpoint };
        if (id is not null)
        {
            info.Id = new() { Value = id };
        }

        if (role is not null)
        {
#pragma warning disable CS0612 // The one role is what older frameworks have.
            info.Role = role;
#pragma warning restore CS0612
        }

        if (roles is not null)
        {
            info.Roles.AddRange(roles);
            can = [.. can, Capability.MultiRole];
        }

        info.Capabilities.AddRange(can.Select(static type => new FrameworkInfo.Types.Capability { Type = type }));
        return info;
    }

    /// <summary>A command task for an agent.</summary>
    public static TaskInfo Task(string id, AgentID agent, double cpus = 0.1, double mem = 32) => new()
    {
        Name = id,
        TaskId = new() { Value = id },
        AgentId = agent,
        Command = new() { Value = "true" },
        Resources = { Scalar("cpus", cpus), Scalar("mem", mem) },
    };

    /// <summary>A task under an executor.</summary>
    public static TaskInfo TaskUnder(ExecutorInfo executor, string id, AgentID agent, double cpus = 0.1, double mem = 32)
    {
        var task = Task(id, agent, cpus, mem);
        task.Command = null;
        task.Executor = executor;
        return task;
    }

    /// <summary>An executor of a framework's own.</summary>
    public static ExecutorInfo Executor(string id, double cpus = 0.1, double mem = 32) => new()
    {
        ExecutorId = new() { Value = id },
        Command = new() { Value = "run" },
        Resources = { Scalar("cpus", cpus), Scalar("mem", mem) },
    };

    /// <summary>The executor a task group needs.</summary>
    public static ExecutorInfo GroupExecutor(string id, FrameworkID framework) => new()
    {
        Type = ExecutorInfo.Types.Type.Default,
        ExecutorId = new() { Value = id },
        FrameworkId = framework,
        Resources = { Scalar("cpus", 0.1), Scalar("mem", 32), Scalar("disk", 32) },
    };

    /// <summary>LAUNCH.</summary>
    public static Offer.Types.Operation Launch(params TaskInfo[] tasks) => new()
    {
        Type = Offer.Types.Operation.Types.Type.Launch,
        Launch = new() { TaskInfos = { tasks } },
    };

    /// <summary>LAUNCH_GROUP.</summary>
    public static Offer.Types.Operation LaunchGroup(ExecutorInfo executor, params TaskInfo[] tasks) => new()
    {
        Type = Offer.Types.Operation.Types.Type.LaunchGroup,
        LaunchGroup = new() { Executor = executor, TaskGroup = new() { Tasks = { tasks } } },
    };

    /// <summary>An amount of something.</summary>
    public static Resource Scalar(string name, double value) => new()
    {
        Name = name,
        Type = Value.Types.Type.Scalar,
        Scalar = new() { Value = value },
    };

    /// <summary>Numbers of something.</summary>
    public static Resource Ranges(string name, ulong begin, ulong end) => new()
    {
        Name = name,
        Type = Value.Types.Type.Ranges,
        Ranges = new() { Range = { new Value.Types.Range { Begin = begin, End = end } } },
    };
}
