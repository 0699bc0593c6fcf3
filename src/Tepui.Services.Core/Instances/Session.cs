using Tepui.Model.Identifiers;
using Tepui.Protocol.Services;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Health;

namespace Tepui.Services.Core.Instances;

/// <summary>The subscription at the master.</summary>
internal static class Session
{
    // A launch younger than this may be on its way to the master.
    private static readonly TimeSpan SettledAfter = TimeSpan.FromSeconds(30);

    /// <summary>At the start of the core.</summary>
    public static void Start(Turn turn) => turn.State.Deadlines.Set(turn.Now + turn.State.Options.ReconciliationInterval, Reconcile);

    /// <summary>Subscribed: keeps the id, asks about tasks, repeats kills, resumes checks.</summary>
    public static void Subscribed(Turn turn, ServicesInput.Subscribed subscribed)
    {
        var state = turn.State;
        if (state.Framework != subscribed.Framework)
        {
            state.Framework = subscribed.Framework;
            turn.Persist(StoreKeys.Framework, new FrameworkEntry { FrameworkId = subscribed.Framework.Value });
        }

        state.Master = subscribed.Master;
        state.SubscribedAt = turn.Now;
        turn.Publish(new ServiceEvent.SchedulerRegistered(subscribed.Framework.Value, subscribed.Master, subscribed.Again));
        Ask(turn, isSettled: _ => true);
        state.Kills.Resume(turn);
        HealthChecks.Resume(turn);
        ReadinessChecks.Resume(turn);
        foreach (var spec in state.Catalog.Tree.Specs.Keys.Concat(state.Instances.Specs))
        {
            turn.Touch(spec);
        }
    }

    /// <summary>Not subscribed any more.</summary>
    public static void Disconnected(Turn turn)
    {
        if (turn.State.Master is not null)
        {
            turn.State.Master = null;
            turn.Publish(new ServiceEvent.SchedulerDisconnected());
        }
    }

    private static void Reconcile(Turn turn)
    {
        if (turn.State.Master is not null)
        {
            Ask(turn, instance => instance.Condition != Condition.Provisioned || turn.Now - instance.Since >= SettledAfter);
        }

        turn.State.Deadlines.Set(turn.Now + turn.State.Options.ReconciliationInterval, Reconcile);
    }

    // First about what we know, so that nothing of ours is missed; then about everything, so that nothing is left over.
    private static void Ask(Turn turn, Func<Instance, bool> isSettled)
    {
        var tasks = turn.State.Instances.All
            .Where(instance => instance.Condition.IsLaunched() && isSettled(instance))
            .OrderBy(instance => instance.Id)
            .SelectMany(instance => instance.Tasks.Where(task => !TaskConditions.HasEnded(task.State)).Select(task => (task.Id, (AgentId?)instance.Host?.Agent)))
            .ToList();
        if (tasks.Count > 0)
        {
            turn.Emit(new ServicesEffect.Reconcile(tasks));
        }

        turn.Emit(new ServicesEffect.Reconcile([]));
    }
}
