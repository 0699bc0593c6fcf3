using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Registration;

/// <summary>Answers a master that has tasks on this agent which the agent did not name.</summary>
internal static class UnknownTasks
{
    public static void Report(Turn turn, IEnumerable<MasterFrame.Types.TaskKey> tasks)
    {
        foreach (var key in tasks)
        {
            var framework = turn.State.Frameworks.GetOrAdd(turn.State, FrameworkId.From(key.FrameworkId));
            var task = TaskId.From(key.TaskId);
            if (!framework.IsEnding && !framework.Tasks.ContainsKey(task) && !framework.Updates.ContainsKey(task))
            {
                var status = Statuses.Dropped(turn, task, key.PartitionAware, Reason.Reconciliation, "Reconciliation: task unknown to the agent");
                Updates.Report.SendWithoutTask(turn, framework, status);
            }
        }
    }
}
