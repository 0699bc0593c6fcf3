using Tepui.Services.Core.Events;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Killing;

/// <summary>
/// Decides when unhealthy instances are replaced. One that fails alone is replaced at once. When many turn unhealthy together, the cause is likely not in them
/// (an overloaded scheduler, a broken network, a service they all need), and ending them all would turn a hiccup into an outage: then only a few are replaced at a time,
/// the next only once a replacement is healthy.
/// </summary>
internal sealed class KillBudget
{
    private readonly SortedDictionary<PathId, SpecBudget> _specs = [];

    /// <summary>Limits now in force.</summary>
    public IReadOnlyDictionary<PathId, KillBudgetStatus> Snapshot(ServicesState state) =>
        _specs.Values.Where(budget => budget.Limit is not null).ToDictionary(budget => budget.Spec, budget => new KillBudgetStatus(budget.Unhealthy.Count, budget.Allowed(state), budget.Limit!));

    /// <summary>An instance is known from before a restart: one that was unhealthy turned so now, for all that is known.</summary>
    public void Restored(Turn turn, Instance instance)
    {
        if (instance.Healthy == false)
        {
            Of(instance.Spec).Unhealthy.TryAdd(instance.Id, turn.Now);
        }
    }

    /// <summary>The health of an instance changed.</summary>
    public void Changed(Turn turn, Instance instance, bool alive)
    {
        if (!alive)
        {
            Of(instance.Spec).Unhealthy.TryAdd(instance.Id, turn.Now);
            return;
        }

        if (!_specs.TryGetValue(instance.Spec, out var budget))
        {
            return;
        }

        var healed = budget.Unhealthy.Remove(instance.Id);
        budget.Waiting.Remove(instance.Id);
        if (healed)
        {
            // What made it healthy may heal the others too: they get another check before anything more is ended.
            budget.Waiting.Clear();
        }

        CloseReplacement(budget, instance);
        Review(turn, budget);
    }

    /// <summary>An instance failed too often and should be replaced: now, or when its turn comes. Asked again with each further failure.</summary>
    public void Ask(Turn turn, Instance instance, string reason)
    {
        var budget = Of(instance.Spec);
        budget.Prune(turn.Now - turn.State.Options.CorrelatedFailureWindow);
        budget.Unhealthy.TryAdd(instance.Id, turn.Now);
        budget.Waiting[instance.Id] = reason;
        if (budget.Limit is null && budget.Together(turn.State.Options, budget.Unhealthy[instance.Id]) >= budget.Many(turn.State))
        {
            SetLimit(turn, budget, KillReasons.Describe(turn.State, budget));
        }

        Review(turn, budget);
    }

    /// <summary>An instance is over.</summary>
    public void Forget(Turn turn, InstanceId instance)
    {
        foreach (var budget in _specs.Values.Where(budget => budget.Unhealthy.ContainsKey(instance)).ToList())
        {
            budget.Unhealthy.Remove(instance);
            budget.Waiting.Remove(instance);
            Review(turn, budget);
        }
    }

    private SpecBudget Of(PathId spec)
    {
        if (!_specs.TryGetValue(spec, out var budget))
        {
            _specs[spec] = budget = new(spec);
        }

        return budget;
    }

    // A successor is healthy: the replacement that made room for it is done.
    private static void CloseReplacement(SpecBudget budget, Instance instance)
    {
        var done = budget.Open.FindIndex(began => began <= StagedAt(instance));
        if (done >= 0)
        {
            budget.Open.RemoveAt(done);
        }
    }

    private void Review(Turn turn, SpecBudget budget)
    {
        if (budget.Limit is not null && (budget.Unhealthy.Count == 0 || budget.Unhealthy.Count + budget.Open.Count < budget.Many(turn.State)))
        {
            SetLimit(turn, budget, limit: null);
        }

        foreach (var id in budget.Waiting.Keys.OrderBy(id => budget.Unhealthy.GetValueOrDefault(id)).ThenBy(id => id).ToList())
        {
            if (turn.State.Instances.Find(id) is not { IsRunning: true } instance)
            {
                budget.Waiting.Remove(id);
            }
            else if (budget.Limit is null || IsInTurn(turn, budget, instance))
            {
                Replace(turn, budget, instance);
            }
        }

        if (budget.IsIdle)
        {
            _specs.Remove(budget.Spec);
        }
    }

    // A successor that is no better than what it replaced is tried again in its place.
    private static bool IsInTurn(Turn turn, SpecBudget budget, Instance instance)
    {
        CloseReplacement(budget, instance);
        return budget.Open.Count < budget.Allowed(turn.State);
    }

    private static void Replace(Turn turn, SpecBudget budget, Instance instance)
    {
        var reason = budget.Waiting[instance.Id];
        budget.Waiting.Remove(instance.Id);
        budget.Unhealthy.Remove(instance.Id, out var turned);
        budget.Recent.Add((turned, turn.Now));
        if (budget.Limit is not null)
        {
            budget.Open.Add(turn.Now);
        }

        var task = instance.Tasks.FirstOrDefault(task => task.Healthy == false) ?? instance.Tasks[0];
        turn.Publish(new ServiceEvent.UnhealthyInstanceKilled(
            instance.Spec, instance.Id, task.Id, instance.SpecVersion, reason, instance.Host?.Hostname ?? "", instance.Host?.Agent));
        turn.State.Failures.Unhealthy(turn, instance, task, reason);
        var isResident = turn.State.SpecOf(instance) is { IsResident: true };
        turn.State.Kills.End(turn, instance, isResident ? Goal.Running : Goal.Decommissioned);
    }

    private static void SetLimit(Turn turn, SpecBudget budget, string? limit)
    {
        budget.Limit = limit;
        if (limit is null)
        {
            budget.Open.Clear();
        }

        var reason = limit ?? "the instances are healthy again or replaced";
        turn.Publish(new ServiceEvent.KillBudgetChanged(budget.Spec, limit is not null, budget.Unhealthy.Count, budget.Allowed(turn.State), reason));
    }

    private static DateTimeOffset StagedAt(Instance instance) => instance.Tasks.Count > 0 ? instance.Tasks.Min(task => task.StagedAt) : instance.Since;
}
