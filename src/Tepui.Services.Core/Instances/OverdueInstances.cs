namespace Tepui.Services.Core.Instances;

/// <summary>Looks after launches that lead nowhere and instances that stay away.</summary>
internal static class OverdueInstances
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstExpunge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ExpungeEvery = TimeSpan.FromSeconds(30);

    /// <summary>At the start of the core.</summary>
    public static void Start(Turn turn)
    {
        turn.State.Deadlines.Set(turn.Now + FirstLook, Guard);
        turn.State.Deadlines.Set(turn.Now + FirstExpunge, Expunge);
    }

    private static void Expunge(Turn turn)
    {
        Unreachability.Expunge(turn);
        turn.State.Deadlines.Set(turn.Now + ExpungeEvery, Expunge);
    }

    private static void Guard(Turn turn)
    {
        foreach (var instance in turn.State.Instances.All.Where(instance => IsOverdue(turn, instance)).OrderBy(instance => instance.Id).ToList())
        {
            if (instance.Condition == Condition.Provisioned)
            {
                Unconfirmed(turn, instance);
            }
            else
            {
                turn.State.Kills.End(turn, instance, turn.State.SpecOf(instance) is { IsResident: true } ? Goal.Running : Goal.Decommissioned);
            }
        }

        turn.State.Deadlines.Set(turn.Now + Look, Guard);
    }

    private static bool IsOverdue(Turn turn, Instance instance) => instance.Goal == Goal.Running && instance.Condition switch
    {
        Condition.Provisioned => turn.Now - instance.Since >= turn.State.Options.TaskLaunchConfirmTimeout,
        Condition.Staging or Condition.Starting => turn.Now - StagedAt(instance) >= turn.State.Options.TaskLaunchTimeout,
        _ => false,
    };

    private static DateTimeOffset StagedAt(Instance instance) => instance.Tasks.Count > 0 ? instance.Tasks.Max(task => task.StagedAt) : instance.Since;

    // Nothing was heard of the launch. If it happened after all, the kill ends it.
    private static void Unconfirmed(Turn turn, Instance instance)
    {
        foreach (var task in instance.Tasks)
        {
            turn.Emit(new ServicesEffect.Kill(task.Id, instance.Host?.Agent, Grace: null));
        }

        InstanceEnd.GiveUp(turn, instance, Condition.Dropped);
    }
}
