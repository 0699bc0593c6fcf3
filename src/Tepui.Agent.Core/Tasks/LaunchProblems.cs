using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Tasks;

/// <summary>Why a launch cannot even begin. A master checks all this before; an agent does not lean on it.</summary>
internal static class LaunchProblems
{
    /// <summary>Ids become file names, so they must be fit for that; and no two tasks of a group may have the same.</summary>
    public static string? OfIds(ExecutorInfo? executor, IReadOnlyList<TaskInfo> tasks)
    {
        if (executor is not null && Of("executor", executor.ExecutorId?.Value) is { } problem)
        {
            return problem;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            if (Of("task", task.TaskId?.Value) is { } wrong)
            {
                return wrong;
            }

            if (!ids.Add(task.TaskId!.Value))
            {
                return $"Task id '{task.TaskId.Value}' is in the group more than once";
            }
        }

        return null;
    }

    /// <summary>Limits above the requests need an isolator that enforces them.</summary>
    public static string? OfLimits(TaskInfo task) => task.Limits.Count == 0
        ? null
        : $"Task limits ({string.Join(", ", task.Limits.Keys.Order(StringComparer.Ordinal))}) cannot be enforced: this agent has no isolator for them";

    /// <summary>A task without an executor must say what to run.</summary>
    public static bool HasNothingToRun(TaskInfo task) => task.Command is not { HasValue: true };

    private static string? Of(string what, string? id) => IdRule.Problem(id ?? "") is { } problem ? $"Invalid {what} id: {problem}" : null;
}
