using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Capability = Tepui.Protocol.V1.AgentInfo.Types.Capability.Types.Type;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with a task about to be launched, by itself.</summary>
internal static class TaskProblems
{
    /// <summary>The first thing wrong, in the order clients know, or <see langword="null"/>.</summary>
    public static string? Any(Framework framework, Agent agent, TaskInfo task) =>
        IdRule.Problem(task.TaskId?.Value ?? "")
        ?? Unique(framework, task)
        ?? OnAgent(agent, task)
        ?? (task.KillPolicy?.GracePeriod?.Nanoseconds < 0 ? "Task's 'kill_policy.grace_period' must be non-negative" : null)
        ?? (task.MaxCompletionTime?.Nanoseconds < 0 ? "Task's `max_completion_time` must be non-negative" : null)
        ?? Prefixed("Task uses invalid check: ", task.Check is { } check ? CheckProblems.Check(check) : null)
        ?? Prefixed("Task uses invalid health check: ", task.HealthCheck is { } health ? CheckProblems.Health(health) : null)
        ?? Resources(task)
        ?? Prefixed("Task's `CommandInfo` is invalid: ", task.Command is { } command ? CommandProblems.Any(command) : null)
        ?? Prefixed("Task's `ContainerInfo` is invalid: ", task.Container is { } container ? ContainerProblems.Any(container) : null)
        ?? Limits(agent, task);

    /// <summary>A problem with what it is about put before it.</summary>
    public static string? Prefixed(string prefix, string? problem) => problem is null ? null : prefix + problem;

    private static string? Unique(Framework framework, TaskInfo task)
    {
        var id = TaskId.From(task.TaskId);
        return framework.Tasks.Contains(id) || framework.UnreachableTasks.Contains(id) ? $"Task has duplicate ID: {id}" : null;
    }

    private static string? OnAgent(Agent agent, TaskInfo task) => AgentId.From(task.AgentId) == agent.Id
        ? null
        : $"Task uses invalid agent {task.AgentId?.Value} while agent {agent.Id} is expected";

    private static string? Resources(TaskInfo task) =>
        ResourceProblems.Form(task.Resources)
        ?? (Model.Resources.ResourceSet.From(task.Resources).IsEmpty ? "Task uses no resources" : null)
        ?? Prefixed("Task uses invalid resources: ", ResourceProblems.Use(task.Resources));

    private static string? Limits(Agent agent, TaskInfo task)
    {
        if (task.Limits.Count == 0)
        {
            return null;
        }

        if (!agent.Capabilities.Any(static capability => capability.Type == Capability.TaskResourceLimits))
        {
            return $"Agent {agent.Id} does not support task resource limits";
        }

        if (task.Limits.Keys.Any(static name => name is not ("cpus" or "mem")))
        {
            return "Only cpus and mem may be included in a task's resource limits";
        }

        return Limit(task, "cpus", "cpu") ?? Limit(task, "mem", "memory");
    }

    private static string? Limit(TaskInfo task, string name, string words)
    {
        if (!task.Limits.TryGetValue(name, out var limit))
        {
            return null;
        }

        var request = 0.0;
        var found = false;
        foreach (var resource in task.Resources)
        {
            if (resource.Name == name && resource.Scalar is { } scalar)
            {
                request += scalar.Value;
                found = true;
            }
        }

        return !found ? $"When a {words} limit is specified, a {words} request must also be specified"
            : !(limit.Value >= request) ? $"The {words} limit must be greater than or equal to the {words} request"
            : null;
    }
}
