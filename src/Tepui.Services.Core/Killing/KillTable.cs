using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Killing;

/// <summary>Kills under way: at most so many at a time, repeated until the end of the task is heard.</summary>
internal sealed class KillTable
{
    private readonly LinkedList<InstanceId> _waiting = new();
    private readonly Dictionary<InstanceId, LinkedListNode<InstanceId>> _places = [];
    private readonly Dictionary<InstanceId, Alarm<Turn>> _sent = [];

    /// <summary>Instances that wait for their kill to be sent.</summary>
    public int Waiting => _places.Count;

    /// <summary>Instances whose kill was sent and is not confirmed.</summary>
    public int Sent => _sent.Count;

    /// <summary>All of them.</summary>
    public IEnumerable<InstanceId> All => _places.Keys.Concat(_sent.Keys);

    /// <summary>Whether an instance waits for its kill or for its confirmation.</summary>
    public bool IsUnderWay(InstanceId instance) => _places.ContainsKey(instance) || _sent.ContainsKey(instance);

    /// <summary>Sentences an instance: one that waits for an offer or cannot be reached is forgotten at once, one that lives is killed and forgotten once it has ended.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="instance">Whom.</param>
    /// <param name="goal"><see cref="Goal.Decommissioned"/>; <see cref="Goal.Stopped"/> keeps a reservation; <see cref="Goal.Running"/> kills the tasks of a resident instance, which is then launched again.</param>
    public void End(Turn turn, Instance instance, Goal goal)
    {
        if (turn.State.Instances.Find(instance.Id) is not { } present)
        {
            return;
        }

        if (IsUnderWay(present.Id))
        {
            SetGoal(turn, present, goal);
        }
        else if (present.Condition.IsLaunched() && !IsUnreachable(present))
        {
            turn.State.Instances.Replace(turn, present with { Goal = goal, Condition = Condition.Killing, Since = turn.Now });
            Begin(turn, present.Id);
        }
        else
        {
            EndWithoutKill(turn, present, goal);
        }
    }

    /// <summary>An instance is heard of that should have ended, and that is not being killed.</summary>
    public void Continue(Turn turn, Instance instance)
    {
        if (!IsUnderWay(instance.Id))
        {
            Begin(turn, instance.Id);
        }
    }

    /// <summary>An instance is over or gone: its kill is done, the next may begin.</summary>
    public void Ended(Turn turn, InstanceId instance)
    {
        if (_places.Remove(instance, out var place))
        {
            _waiting.Remove(place);
        }

        if (_sent.Remove(instance, out var retry))
        {
            retry.Cancel();
            Pump(turn);
        }
    }

    /// <summary>Subscribed again: sends all kills under way, those of an earlier life included.</summary>
    public void Resume(Turn turn)
    {
        foreach (var id in _sent.Keys.Order().ToList())
        {
            Send(turn, id);
        }

        foreach (var instance in turn.State.Instances.All.Where(IsSentenced).OrderBy(instance => instance.Since).ThenBy(instance => instance.Id).ToList())
        {
            Continue(turn, instance);
        }

        Pump(turn);
    }

    private static bool IsSentenced(Instance instance) =>
        instance.Condition.IsLaunched() && !IsUnreachable(instance) && (instance.Goal != Goal.Running || instance.Condition == Condition.Killing);

    private static bool IsUnreachable(Instance instance) => instance.Condition is Condition.Unreachable or Condition.UnreachableInactive;

    private static void SetGoal(Turn turn, Instance instance, Goal goal)
    {
        if (goal > instance.Goal)
        {
            turn.State.Instances.Replace(turn, instance with { Goal = goal });
        }
    }

    // A kill would not reach it. What may still live of it is ended when it shows.
    private static void EndWithoutKill(Turn turn, Instance instance, Goal goal)
    {
        if (goal == Goal.Running)
        {
            return;
        }

        var isTold = goal == Goal.Stopped && instance.Goal == Goal.Stopped && instance.Condition.IsTerminal();
        if (!isTold)
        {
            InstanceEnd.GiveUp(turn, instance with { Goal = goal }, instance.Condition.IsTerminal() ? instance.Condition : Condition.Killed);
        }
    }

    private void Begin(Turn turn, InstanceId instance)
    {
        _places[instance] = _waiting.AddLast(instance);
        HealthChecks.Stop(turn, instance);
        ReadinessChecks.Forget(turn, instance);
        Pump(turn);
    }

    private void Pump(Turn turn)
    {
        while (turn.State.Master is not null && _sent.Count < turn.State.Options.KillChunkSize && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _places.Remove(first.Value);
            Send(turn, first.Value);
        }
    }

    private void Send(Turn turn, InstanceId id)
    {
        if (_sent.Remove(id, out var before))
        {
            before.Cancel();
        }

        if (turn.State.Instances.Find(id) is not { } instance)
        {
            return;
        }

        _sent[id] = turn.State.Deadlines.Set(turn.Now + turn.State.Options.KillRetryTimeout, later => Send(later, id));
        if (turn.State.Master is null)
        {
            return;
        }

        var spec = turn.State.SpecOf(instance);
        var living = instance.Tasks.Where(task => !TaskConditions.HasEnded(task.State)).ToList();
        foreach (var task in living)
        {
            turn.Emit(new ServicesEffect.Kill(task.Id, instance.Host?.Agent, Grace(spec, task)));
        }

        if (before is not null)
        {
            // Of a task that never came to be no end is heard; the master says that it is not known.
            turn.Emit(new ServicesEffect.Reconcile([.. living.Select(task => (task.Id, (AgentId?)instance.Host?.Agent))]));
        }
    }

    private static TimeSpan? Grace(RunSpec? spec, InstanceTask task) => spec switch
    {
        AppSpec app => app.TaskKillGracePeriod,
        PodSpec pod => pod.Containers.FirstOrDefault(container => container.Name == task.Container)?.KillGracePeriod,
        _ => null,
    };
}
