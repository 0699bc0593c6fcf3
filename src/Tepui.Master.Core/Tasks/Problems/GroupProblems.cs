using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with a task group, besides its resources not being there.</summary>
internal static class GroupProblems
{
    private const long MinMilliCpus = 10;
    private const long MinMilliMegabytes = 32_000;

    /// <summary>The first thing wrong, naming the task at fault, or <see langword="null"/>.</summary>
    public static string? Any(Framework framework, Agent agent, ExecutorInfo executor, IReadOnlyCollection<TaskInfo> tasks)
    {
        var seen = new HashSet<TaskId>();
        foreach (var task in tasks)
        {
            var problem = seen.Add(TaskId.From(task.TaskId)) ? Task(framework, agent, task) : $"Task has duplicate ID: {task.TaskId?.Value}";
            if (problem is not null)
            {
                return $"Task '{task.TaskId?.Value}' is invalid: {problem}";
            }
        }

        return Executor(framework, executor) ?? Executors(executor, tasks) ?? Cgroups(framework, agent, executor, tasks);
    }

    private static string? Task(Framework framework, Agent agent, TaskInfo task) =>
        TaskProblems.Any(framework, agent, task)
        ?? (task.Command is null ? "'TaskInfo.command' must be set" : null)
        ?? (task.Container?.Type == ContainerInfo.Types.Type.Docker ? "Docker ContainerInfo is not supported on the task" : null)
        ?? (task.Container?.NetworkInfos.Count > 0 && task.HealthCheck?.Type is HealthCheck.Types.Type.Http or HealthCheck.Types.Type.Tcp
            ? "HTTP and TCP health checks are not supported for tasks with their own networks"
            : null)
        ?? (task.Limits.Count > 0 && ContainerProblems.SharesCgroups(task.Container) != false
            ? "Resource limits may only be set for tasks within a task group when the 'share_cgroups' field is set to 'false'"
            : null);

    private static string? Executor(Framework framework, ExecutorInfo executor)
    {
        if (!executor.HasType)
        {
            return "'ExecutorInfo.type' must be set";
        }

        if (ExecutorProblems.Any(framework, executor) is { } problem)
        {
            return problem;
        }

        if (executor.Container?.Type == ContainerInfo.Types.Type.Docker)
        {
            return "Docker ContainerInfo is not supported on the executor";
        }

        var resources = ResourceSet.From(executor.Resources);
        return Less(executor, resources, "cpus", MinMilliCpus, "CPUs", "")
            ?? Less(executor, resources, "mem", MinMilliMegabytes, "memory", "MB")
            ?? (resources.Scalar("disk") == 0 ? $"Executor '{executor.ExecutorId.Value}' uses no disk" : null);
    }

    private static string? Less(ExecutorInfo executor, ResourceSet resources, string name, long least, string words, string unit)
    {
        var has = resources.Scalar(name);
        if (has >= least)
        {
            return null;
        }

        var given = executor.Resources.Any(resource => resource.Name == name) ? Thousandths.Print(has) + unit : "None";
        return $"Executor '{executor.ExecutorId.Value}' uses less {words} ({given}) than the minimum required ({Thousandths.Print(least)}{unit})";
    }

    private static string? Executors(ExecutorInfo executor, IEnumerable<TaskInfo> tasks)
    {
        foreach (var task in tasks)
        {
            if (task.Executor is { } own && !own.Equals(executor))
            {
                return $"The `ExecutorInfo` of task '{task.TaskId.Value}' is different from executor '{executor.ExecutorId.Value}'";
            }
        }

        return null;
    }

    // All tasks of an executor share its cgroups, or none does.
    private static string? Cgroups(Framework framework, Agent agent, ExecutorInfo executor, IReadOnlyCollection<TaskInfo> tasks)
    {
        var wishes = tasks.Select(static task => ContainerProblems.SharesCgroups(task.Container) ?? true).Distinct().ToArray();
        if (wishes.Length > 1)
        {
            return "The 'share_cgroups' field must be the same for all tasks of a task group";
        }

        foreach (var task in agent.Tasks)
        {
            if (task.Framework == framework.Id
                && task.Wire.ExecutorId?.Value == executor.ExecutorId.Value
                && wishes.Length > 0
                && (ContainerProblems.SharesCgroups(task.Wire.Container) ?? true) != wishes[0])
            {
                return $"The 'share_cgroups' field must be the same for all tasks of executor '{executor.ExecutorId.Value}'";
            }
        }

        return null;
    }
}
