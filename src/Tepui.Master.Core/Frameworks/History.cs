using Tepui.Master.Core.Tasks;
using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.Link;
using Tepui.Protocol.Registry;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Master.Core.Frameworks;

/// <summary>What was over before this master began, for display: removed frameworks from the registry, completed tasks from the agents.</summary>
internal static class History
{
    /// <summary>Shows a framework that was removed.</summary>
    public static void Show(Turn turn, FrameworkEntry entry)
    {
        var framework = new Framework(entry.FrameworkInfo, WireTime.FromNanoseconds(entry.RegisteredNanoseconds));
        var removed = entry.HasRemovedNanoseconds ? entry.RemovedNanoseconds : entry.RegisteredNanoseconds;
        turn.State.Frameworks.Show(framework.FinalView(WireTime.FromNanoseconds(removed)), turn.State.Options.MaxCompletedFrameworks);
    }

    /// <summary>Takes in the completed tasks an agent tells of. Those that are known already in whatever way stay as they are.</summary>
    public static void Adopt(Turn turn, AgentId agent, IEnumerable<AgentFrame.Types.CompletedFramework> told)
    {
        foreach (var completed in told)
        {
            var id = FrameworkId.From(completed.FrameworkInfo?.Id);
            var tasks = completed.Tasks.Where(task => IsSound(task, id, agent)).ToList();
            if (!id.IsSet || tasks.Count == 0)
            {
                continue;
            }

            if (turn.State.Frameworks.Find(id) is { } framework)
            {
                Adopt(turn, framework, tasks);
            }
            else if (turn.State.Frameworks.Completed.Contains(id) || turn.State.Frameworks.Completed.Count < turn.State.Options.MaxCompletedFrameworks)
            {
                Adopt(turn, new Framework(completed.FrameworkInfo!, turn.Now), tasks);
            }
        }
    }

    private static void Adopt(Turn turn, Framework framework, List<WireTask> tasks)
    {
        var table = turn.State.Frameworks;
        var isLive = table.Find(framework.Id) == framework;
        var shown = isLive ? null : table.Completed[framework.Id] ?? framework.FinalView(turn.Now);
        var known = (shown?.CompletedTasks ?? framework.CompletedTasks.AsEnumerable()).ToList();
        var seen = known.Select(static task => (task.Task.TaskId.Value, task.Task.AgentId.Value)).ToHashSet();
        var news = tasks
            .Where(task => !framework.Tasks.Contains(TaskId.From(task.TaskId)) && !framework.UnreachableTasks.Contains(TaskId.From(task.TaskId)))
            .Where(task => seen.Add((task.TaskId.Value, task.AgentId.Value)))
            .Select(task => new TaskView(task, turn.Now))
            .ToList();
        if (news.Count == 0)
        {
            return;
        }

        var all = news.Concat(known).OrderBy(Ended).TakeLast(turn.State.Options.MaxCompletedTasksPerFramework).ToList();
        if (shown is not null)
        {
            table.Show(shown with { CompletedTasks = [.. all] }, turn.State.Options.MaxCompletedFrameworks);
        }
        else
        {
            framework.CompletedTasks.Clear();
            all.ForEach(framework.CompletedTasks.Enqueue);
            framework.Touch();
        }

        turn.State.Changed();
    }

    private static double Ended(TaskView task) => task.Task.Statuses.Count == 0 ? 0 : task.Task.Statuses[^1].Timestamp;

    private static bool IsSound(WireTask task, FrameworkId framework, AgentId agent) =>
        TaskId.From(task.TaskId).IsSet
        && FrameworkId.From(task.FrameworkId) == framework
        && AgentId.From(task.AgentId) == agent
        && TaskStates.IsTerminal(task.State)
        && ResourceRules.Problem(task.Resources) is null;
}
