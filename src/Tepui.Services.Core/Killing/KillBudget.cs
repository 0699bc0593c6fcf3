using Tepui.Model;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Killing;

/// <summary>
/// Decides when unhealthy instances are replaced. One that fails alone is replaced at once. When many turn unhealthy together, the cause is likely not in them
/// (an overloaded scheduler, a broken network, a service they all need), and ending them all would turn a hiccup into an outage: then only a few are replaced at a time,
/// the next only once a successor is healthy.
/// </summary>
internal sealed class KillBudget
{
    private readonly SortedDictionary<PathId, SpecBudget> _specs = [];
    private readonly PoolBudget _pool = new();

    /// <summary>Apps and pods of which something is remembered.</summary>
    public int Count => _specs.Count;

    /// <summary>Limits now in force.</summary>
    public IReadOnlyDictionary<PathId, KillBudgetStatus> Snapshot(ServicesState state) =>
        _specs.Values.Where(budget => budget.Limit is not null).ToDictionary(budget => budget.Spec, budget => new KillBudgetStatus(budget.Unhealthy.Count, budget.Allowed(state), budget.Limit!));

    /// <summary>An instance is known from before a restart: one that was unhealthy turned so now, for all that is known.</summary>
    public void Restored(Turn turn, Instance instance)
    {
        if (instance.Healthy == false)
        {
            Of(instance.Spec).Turned(instance.Id, turn.Now);
        }
    }

    /// <summary>The health of an instance changed.</summary>
    public void Changed(Turn turn, Instance instance, bool alive)
    {
        if (!alive)
        {
            Of(instance.Spec).Turned(instance.Id, turn.Now);
        }
        else if (_specs.TryGetValue(instance.Spec, out var budget))
        {
            if (budget.Leave(instance.Id))
            {
                // What made it healthy may heal the others too: they get another check before anything more is ended.
                budget.Waiting.Clear();
            }

            Review(turn, budget, givesRoom: budget.Settle(instance.Id));
        }
    }

    /// <summary>An instance failed too often and should be replaced: now, or when its turn comes. Asked again with each further failure.</summary>
    public void Ask(Turn turn, Instance instance, string reason)
    {
        var budget = Of(instance.Spec);
        budget.Prune(turn.Now - turn.State.Options.CorrelatedFailureWindow);
        budget.Turned(instance.Id, turn.Now);
        budget.Waiting[instance.Id] = reason;
        if (budget.Limit is null)
        {
            Judge(turn, budget, budget.Unhealthy[instance.Id]);
        }
        else if (budget.Settle(instance.Id) && budget.HasRoom(turn.State))
        {
            // A successor that is no better than what it replaced is tried again in its place.
            Replace(turn, budget, instance);
        }

        Review(turn, budget);
    }

    /// <summary>An instance is over.</summary>
    public void Forget(Turn turn, Instance instance)
    {
        if (_specs.TryGetValue(instance.Spec, out var budget) && budget.Leave(instance.Id))
        {
            Review(turn, budget);
        }
    }

    /// <summary>An app or pod is gone; once its last instance is over, nothing is left to limit.</summary>
    public void Forget(Turn turn, PathId spec)
    {
        if (turn.State.Instances.Of(spec).Count > 0 || !_specs.Remove(spec, out var budget))
        {
            return;
        }

        if (budget.Limit is not null)
        {
            SetLimit(turn, budget, limit: null);
        }

        Review(turn, budget, givesRoom: true);
    }

    /// <summary>Checks what must always hold.</summary>
    public void Check(ServicesState state)
    {
        Invariant.Holds(_pool.Unhealthy == _specs.Values.Sum(budget => budget.Unhealthy.Count), "unhealthy instances are counted wrongly");
        Invariant.Holds(_pool.Open == _specs.Values.Sum(budget => budget.Open), "replacements are counted wrongly");
        Invariant.Holds(_pool.Specs == _specs.Values.Count(budget => budget.Unhealthy.Count > 0), "specs with unhealthy instances are counted wrongly");
        foreach (var budget in _specs.Values)
        {
            Invariant.Holds(budget.Waiting.Keys.All(budget.Unhealthy.ContainsKey), $"an instance of {budget.Spec} waits to be replaced and is not unhealthy");
            Invariant.Holds(budget.Unhealthy.Keys.All(id => state.Instances.Find(id) is not null), $"an unhealthy instance of {budget.Spec} is over and not forgotten");
        }
    }

    private SpecBudget Of(PathId spec)
    {
        if (!_specs.TryGetValue(spec, out var budget))
        {
            _specs[spec] = budget = new(spec, _pool);
        }

        return budget;
    }

    private void Judge(Turn turn, SpecBudget budget, DateTimeOffset turned)
    {
        var state = turn.State;
        if (budget.IsMany(state, budget.Together(state.Options, turned)))
        {
            SetLimit(turn, budget, KillReasons.Describe(state, budget));
        }
        else if (_pool.IsLimited || (_pool.IsMany(state) && PoolBudget.IsMany(state, _specs.Values.Sum(other => other.Together(state.Options, turned)))))
        {
            _pool.IsLimited = true;
            SetLimit(turn, budget, KillReasons.Describe(state, _pool));
        }
    }

    private void Review(Turn turn, SpecBudget budget, bool givesRoom = false)
    {
        if (_pool.IsLimited && !_pool.IsStillMany(turn.State))
        {
            _pool.IsLimited = false;
            ReviewAll(turn);
        }
        else if (_pool.IsLimited && givesRoom)
        {
            // Room that one spec gives back may be for another.
            ReviewAll(turn);
        }
        else
        {
            ReviewOne(turn, budget);
        }
    }

    private void ReviewAll(Turn turn)
    {
        foreach (var budget in _specs.Values.ToList())
        {
            ReviewOne(turn, budget);
        }
    }

    private void ReviewOne(Turn turn, SpecBudget budget)
    {
        if (budget.Limit is not null && IsOver(turn, budget))
        {
            SetLimit(turn, budget, limit: null);
        }

        while (budget.Waiting.Count > 0 && budget.HasRoom(turn.State))
        {
            if (turn.State.Instances.Find(budget.First) is { IsRunning: true } instance)
            {
                Replace(turn, budget, instance);
            }
            else
            {
                budget.Waiting.Remove(budget.First);
            }
        }

        if (budget.IsIdle)
        {
            _specs.Remove(budget.Spec);
        }
    }

    private bool IsOver(Turn turn, SpecBudget budget) => _pool.IsLimited
        ? budget.Unhealthy.Count + budget.Open == 0
        : budget.Unhealthy.Count == 0 || !budget.IsMany(turn.State, budget.Unhealthy.Count + budget.Open);

    private static void Replace(Turn turn, SpecBudget budget, Instance instance)
    {
        var reason = budget.Waiting[instance.Id];
        budget.Replaced(instance.Id, turn.Now);
        var task = instance.Tasks.FirstOrDefault(task => task.Healthy == false) ?? instance.Tasks[0];
        turn.Publish(new ServiceEvent.UnhealthyInstanceKilled(
            instance.Spec, instance.Id, task.Id, instance.SpecVersion, reason, instance.Host?.Hostname ?? "", instance.Host?.Agent));
        turn.State.Failures.Unhealthy(turn, instance, task, reason);
        var isResident = turn.State.SpecOf(instance) is { IsResident: true };
        turn.State.Kills.End(turn, instance, isResident ? Goal.Running : Goal.Decommissioned);
    }

    private static void SetLimit(Turn turn, SpecBudget budget, string? limit)
    {
        budget.SetLimit(limit, turn.State.Instances.Of(budget.Spec).All.Select(instance => instance.Id));
        var reason = limit ?? "the instances are healthy again or replaced";
        turn.Publish(new ServiceEvent.KillBudgetChanged(budget.Spec, limit is not null, budget.Unhealthy.Count, budget.Allowed(turn.State), reason));
    }
}
