using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Master.Core.Operations;

/// <summary>Completes what a framework wrote into what an agent gets. What was sent is never changed: parts are shared, and the rest is copied.</summary>
internal static class LaunchForm
{
    /// <summary>Resources with an allocation role; where none was given it is the offer's.</summary>
    public static ResourceSet Resources(IEnumerable<Resource> resources, string role)
    {
        var set = ResourceSet.From(resources);
        var builder = new ResourceSetBuilder(set.Count);
        foreach (var item in set.Items)
        {
            builder.Add(item.Identity.AllocationRole is null ? item.With(item.Identity.AllocatedTo(role)) : item);
        }

        return builder.Build();
    }

    /// <summary>An executor that says whose it is.</summary>
    public static ExecutorInfo WithOwner(ExecutorInfo executor, Framework framework)
    {
        if (executor.FrameworkId is not null)
        {
            return executor;
        }

        var owned = executor.Clone();
        owned.FrameworkId = framework.Info.Id;
        return owned;
    }

    /// <summary>An executor with its resources completed.</summary>
    public static RunningExecutor Executor(AgentId agent, ExecutorInfo executor, string role)
    {
        var resources = Resources(executor.Resources, role);
        var full = executor.Clone();
        full.Resources.Clear();
        full.Resources.AddRange(resources.ToWire(ResourceFormat.PostRefinement));
        return new(agent, full, resources);
    }

    /// <summary>A health check without a type gets the one its only member means.</summary>
    public static TaskInfo WithHealthCheckType(TaskInfo task)
    {
        if (task.HealthCheck is not { HasType: false } check || check.Command is null == check.Http is null)
        {
            return task;
        }

        var typed = Copy(task);
        typed.Resources.AddRange(task.Resources);
        typed.Executor = task.Executor;
        typed.HealthCheck = check.Clone();
        typed.HealthCheck.Type = check.Command is not null ? HealthCheck.Types.Type.Command : HealthCheck.Types.Type.Http;
        return typed;
    }

    /// <summary>A task with its resources and executor completed.</summary>
    public static TaskInfo Task(TaskInfo task, ResourceSet resources, ExecutorInfo? executor)
    {
        var full = Copy(task);
        full.Resources.AddRange(resources.ToWire(ResourceFormat.PostRefinement));
        full.Executor = executor;
        return full;
    }

    // All but resources and executor.
    private static TaskInfo Copy(TaskInfo task)
    {
        var copy = new TaskInfo
        {
            Name = task.Name,
            TaskId = task.TaskId,
            AgentId = task.AgentId,
            Command = task.Command,
            Container = task.Container,
            HealthCheck = task.HealthCheck,
            Check = task.Check,
            KillPolicy = task.KillPolicy,
            Labels = task.Labels,
            Discovery = task.Discovery,
            MaxCompletionTime = task.MaxCompletionTime,
        };
        if (task.HasData)
        {
            copy.Data = task.Data;
        }

        copy.Limits.Add(task.Limits);
        return copy;
    }
}
