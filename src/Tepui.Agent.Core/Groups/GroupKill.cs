using Tepui.Agent.Core.Tasks;
using Cause = Tepui.Protocol.Checkpoints.KillEntry.Types.Cause;

namespace Tepui.Agent.Core.Groups;

/// <summary>Ends the rest of a group when one of its tasks is lost to it. Other groups go on.</summary>
internal static class GroupKill
{
    private const string Message = "A task within the task group was killed before delivery to the executor";

    /// <summary>One task failed, was killed, or is to be killed before its delivery: all that are left are killed.</summary>
    public static void KillOthers(Turn turn, GroupRecord group)
    {
        if (group.IsEnding)
        {
            return;
        }

        group.IsEnding = true;
        foreach (var task in group.Tasks)
        {
            if (task.Phase == TaskPhase.Queued)
            {
                TaskKill.DropQueued(turn, task, Message);
            }
            else
            {
                TaskKill.Begin(turn, task, Cause.Group);
            }
        }
    }
}
