using Tepui.Protocol.V1;
using Tepui.Sdk.Operators;
using Tepui.Terminal;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Commands;

/// <summary>Finds the one task that an id on the command line means.</summary>
internal static class TaskLookup
{
    /// <summary>The task with this id, or the only one whose id starts with it; the latest where several frameworks used the same id one after the other.</summary>
    /// <exception cref="CommandFailure">None, or more than one.</exception>
    public static async Task<WireTask> FindAsync(OperatorClient client, string id, string? framework, CancellationToken cancel)
    {
        var answer = await client.GetTasksAsync(cancel);
        var known = answer.Tasks.Concat(answer.UnreachableTasks).Concat(answer.CompletedTasks)
            .Where(task => framework is null || task.FrameworkId.Value == framework)
            .ToList();
        var exact = known.Where(task => task.TaskId.Value == id).ToList();
        if (exact.Count == 0)
        {
            exact = known.Where(task => task.TaskId.Value.StartsWith(id, StringComparison.Ordinal)).ToList();
        }

        var frameworks = exact.Select(task => (task.FrameworkId.Value, task.TaskId.Value)).Distinct().ToList();
        return frameworks.Count switch
        {
            0 => throw new CommandFailure(ExitCode.NotFound, $"no task has the id '{id}'; 'tepui task ls --all' lists those known"),
            1 => exact.MaxBy(LastTime)!,
            _ when exact.Select(task => task.TaskId.Value).Distinct(StringComparer.Ordinal).Count() == 1 && exact.Any(task => !IsEnded(task.State)) =>
                exact.Where(task => !IsEnded(task.State)).MaxBy(LastTime)!,
            _ => throw new CommandFailure(
                ExitCode.NotFound,
                $"'{id}' may mean any of {string.Join(", ", frameworks.Take(5).Select(pair => $"{pair.Item2} (framework {pair.Item1})"))}; "
                + "give more of the id, or --framework ID"),
        };
    }

    /// <summary>Whether a task in this state has ended for good.</summary>
    public static bool IsEnded(TaskState state) => state is TaskState.TaskFinished or TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskError
        or TaskState.TaskLost or TaskState.TaskDropped or TaskState.TaskGone or TaskState.TaskGoneByOperator;

    private static double LastTime(WireTask task) => task.Statuses.Count == 0 ? 0 : task.Statuses[^1].Timestamp;
}
