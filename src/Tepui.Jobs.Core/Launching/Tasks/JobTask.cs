using Google.Protobuf;
using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Jobs.Core.Launching.Tasks;

/// <summary>Describes the task of an attempt, for the master and its agent. What the agent cannot do it refuses itself, with its reason.</summary>
internal static class JobTask
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The whole task.</summary>
    /// <param name="order">What is launched.</param>
    /// <param name="resources">What was cut off the offer for it.</param>
    public static TaskInfo Of(LaunchOrder order, IReadOnlyList<Resource> resources)
    {
        var job = order.Job;
        var task = new TaskInfo
        {
            Name = "ChronosTask:" + job.Name.Value,
            TaskId = order.Attempt.Task.ToWire(),
            AgentId = order.Attempt.Agent.ToWire(),
        };
        task.Resources.AddRange(resources);
        var container = job.Container is { } wanted ? JobContainer.Of(wanted) : null;
        if (job.Executor.Length > 0)
        {
            task.Executor = Executor(order, container);
            task.Data = ByteString.CopyFromUtf8(job.TaskInfoData.Length > 0 ? job.TaskInfoData : $"{job.ExecutorFlags}|{job.Command}");
        }
        else
        {
            task.Command = JobCommand.Of(order);
            task.Container = container;
        }

        if (job.MaxCompletionTime > TimeSpan.Zero)
        {
            task.MaxCompletionTime = new() { Nanoseconds = Math.Min(job.MaxCompletionTime.Ticks, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick };
        }

        return task;
    }

    // Its environment differs from task to task, so no executor can serve two: each has an id of its own, that of the task.
    private static ExecutorInfo Executor(LaunchOrder order, ContainerInfo? container) => new()
    {
        Type = ExecutorInfo.Types.Type.Custom,
        ExecutorId = new() { Value = order.Attempt.Task.Value },
        FrameworkId = order.Framework.ToWire(),
        Command = JobCommand.Executor(order),
        Container = container,
    };
}
