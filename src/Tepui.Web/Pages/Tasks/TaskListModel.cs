using Tepui.Protocol.V1;
using Tepui.Web.Client;
using Tepui.Web.Cluster;

namespace Tepui.Web.Pages.Tasks;

/// <summary>One task in a list.</summary>
public sealed record TaskRow(TaskKey Key, string Name, TaskState State, string Framework, string AgentId, string Agent, Amounts Resources, DateTimeOffset? Changed, string Message);

/// <summary>A page of a list of tasks.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="Rows">The tasks: those that changed last come first.</param>
/// <param name="Total">How many tasks match, on all pages.</param>
public sealed record TaskListModel(TaskQuery Query, IReadOnlyList<TaskRow> Rows, int Total)
{
    /// <summary>Builds it. Call it while the model is held.</summary>
    public static TaskListModel Build(ClusterModel model, TaskQuery query)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(query);
        var matching = model.Tasks.Values.Where(query.Matches).Select(task => (Task: task, Changed: LastChange(task))).ToList();
        matching.Sort((a, b) =>
        {
            var byState = ClusterModel.IsEnded(a.Task.State).CompareTo(ClusterModel.IsEnded(b.Task.State));
            var byTime = byState != 0 ? byState : b.Changed.CompareTo(a.Changed);
            return byTime != 0 ? byTime : string.CompareOrdinal(a.Task.TaskId.Value, b.Task.TaskId.Value);
        });
        var rows = matching.Skip(query.Skip * TaskQuery.PageSize).Take(TaskQuery.PageSize).Select(found => Row(model, found.Task, found.Changed));
        return new TaskListModel(query, [.. rows], matching.Count);
    }

    /// <summary>One row. Call it while the model is held.</summary>
    private static TaskRow Row(ClusterModel model, Protocol.V1.Task task, double changed) => new(
        TaskKey.Of(task),
        task.Name,
        task.State,
        model.Frameworks.GetValueOrDefault(task.FrameworkId.Value)?.FrameworkInfo.Name ?? task.FrameworkId.Value,
        task.AgentId.Value,
        model.Agents.GetValueOrDefault(task.AgentId.Value)?.AgentInfo.Hostname ?? Show.ShortId(task.AgentId.Value),
        Amounts.Of(task.Resources),
        changed > 0 ? Show.Time(changed) : null,
        task.Statuses.Count > 0 ? task.Statuses[^1].Message : "");

    private static double LastChange(Protocol.V1.Task task) => task.Statuses.Count > 0 ? task.Statuses[^1].Timestamp : 0;
}
