using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Protocol.Link;

namespace Tepui.Agent.Core.Registration;

/// <summary>What an agent can tell a master of tasks it is done with.</summary>
internal static class History
{
    /// <summary>Completed tasks by framework, the newest up to <paramref name="max"/>; in order of the frameworks, and within each oldest first.</summary>
    public static IEnumerable<AgentFrame.Types.CompletedFramework> Newest(FrameworkTable frameworks, int max)
    {
        var executors = frameworks.Completed.Concat(frameworks.InOrder())
            .Where(static framework => framework.Info is not null)
            .SelectMany(static framework => framework.CompletedExecutors.Concat(ExecutorLife.InOrder(framework)))
            .Where(static executor => executor.CompletedTasks.Count > 0)
            .OrderByDescending(static executor => executor.Number);
        var told = new List<ExecutorRecord>();
        var tasks = 0;
        foreach (var executor in executors)
        {
            tasks += executor.CompletedTasks.Count;
            if (tasks > max)
            {
                break;
            }

            told.Add(executor);
        }

        told.Reverse();
        return told.GroupBy(static executor => executor.Framework).Select(static group =>
        {
            var framework = new AgentFrame.Types.CompletedFramework { FrameworkInfo = group.Key.Info };
            framework.Tasks.Add(group.SelectMany(static executor => executor.CompletedTasks));
            return framework;
        });
    }
}
