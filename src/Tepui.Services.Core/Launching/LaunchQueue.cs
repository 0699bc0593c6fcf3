using System.Diagnostics.CodeAnalysis;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Launching;

/// <summary>Specs with instances that wait for offers (those in <see cref="Condition.Scheduled"/> with <see cref="Goal.Running"/>), and their back-off.</summary>
internal sealed class LaunchQueue
{
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(60);
    private readonly SortedDictionary<PathId, List<WaitingSpec>> _waiting = [];
    private readonly Backoffs _backoffs = new();

    /// <summary>Takes note of the instances of a spec as they are now; called for every touched spec at the end of a step.</summary>
    public void Sync(Turn turn, PathId spec)
    {
        var instances = turn.State.Instances.Of(spec);
        if (_waiting.TryGetValue(spec, out var here))
        {
            DropEmpty(turn, spec, here);
        }

        foreach (var config in instances.Waiting.Configs)
        {
            Sync(turn, instances, config);
        }
    }

    /// <summary>An instance failed: the next launch of its configuration waits longer.</summary>
    public void Failed(Turn turn, Instance instance)
    {
        if (SpecOf(turn, instance) is { } spec)
        {
            _backoffs.Failed(spec, turn.Now);
            Delayed(turn, spec);
        }
    }

    /// <summary>An instance is provisioned, staging, starting or running: the wait in force counts from now.</summary>
    public void Progressed(Turn turn, Instance instance)
    {
        if (SpecOf(turn, instance) is { } spec && _backoffs.Progressed(spec, turn.Now))
        {
            Delayed(turn, spec);
        }
    }

    /// <summary>The next launch need not wait.</summary>
    /// <returns>Whether anything of the spec waits for a launch.</returns>
    public bool ResetDelay(Turn turn, PathId spec)
    {
        _backoffs.Reset(spec);
        var found = false;
        foreach (var waiting in Of(spec))
        {
            found = true;
            waiting.Wake?.Cancel();
            turn.State.Demand.Want(waiting.Spec.Role);
        }

        return found;
    }

    /// <summary>Something a spec needs was refused: it is tried again after a while, and readers are told why.</summary>
    public void Hold(Turn turn, Instance instance, string reason)
    {
        if (Of(instance.Spec).Find(here => here.Config == instance.ConfigVersion) is { } waiting)
        {
            waiting.Held = (reason, turn.Now + HoldTime);
            turn.State.Deadlines.Set(turn.Now + HoldTime, t => t.State.Demand.Want(waiting.Spec.Role));
            turn.State.Demand.Changed();
        }
    }

    /// <summary>End of the wait in force, if any; it may have passed.</summary>
    public DateTimeOffset? DelayedUntil(RunSpec spec, DateTimeOffset now) => _backoffs.Until(spec, now);

    /// <summary>The wait that failures of this configuration have earned: that before the next launch. Zero without one.</summary>
    public TimeSpan DelayOf(RunSpec spec) => _backoffs.Delay(spec);

    /// <summary>Whether a configuration is known to wait.</summary>
    public bool Knows(PathId spec, DateTimeOffset config) => Of(spec).Exists(waiting => waiting.Config == config);

    /// <summary>What may be launched now, by id.</summary>
    public List<WaitingSpec> Ready(DateTimeOffset now) => [.. _waiting.Values.SelectMany(here => here).Where(waiting => waiting.Count > 0 && IsReady(waiting, now))];

    /// <summary>The roles with something that may be launched now, sorted.</summary>
    public SortedSet<string> WantedRoles(DateTimeOffset now) => new(Ready(now).Select(waiting => waiting.Spec.Role), StringComparer.Ordinal);

    /// <summary>For readers: one item per spec, of its newest configuration.</summary>
    public IReadOnlyList<QueueItem> View(DateTimeOffset now) =>
    [
        .. _waiting.Values.Where(here => here.Exists(waiting => waiting.Count > 0)).Select(here =>
        {
            var newest = here.MaxBy(waiting => waiting.Config)!;
            return new QueueItem(newest.Spec, here.Sum(waiting => waiting.Count), here.Min(waiting => waiting.Since), _backoffs.Until(newest.Spec, now), newest.Offers.Summary())
            {
                Held = newest.Held?.Reason,
            };
        }),
    ];

    private List<WaitingSpec> Of(PathId spec) => _waiting.GetValueOrDefault(spec) ?? [];

    private static RunSpec? SpecOf(Turn turn, Instance instance)
    {
        var present = turn.State.Catalog.Tree.Spec(instance.Spec);
        return present?.LastConfigChangeAt == instance.ConfigVersion ? present : turn.State.Catalog.Versions.Find(instance.Spec, instance.SpecVersion);
    }

    private bool IsReady(WaitingSpec waiting, DateTimeOffset now) => !(waiting.Held?.Until > now) && !(_backoffs.Until(waiting.Spec, now) > now);

    private void Sync(Turn turn, SpecInstances instances, DateTimeOffset config)
    {
        if (!Find(turn, instances, config, out var waiting))
        {
            return;
        }

        var seen = (instances.Waiting.Arrivals, waiting.Spec.Constraints.Count > 0 ? instances.Placement(config).Departures : 0);
        if (seen == waiting.Seen)
        {
            return;
        }

        waiting.Seen = seen;
        if (IsReady(waiting, turn.Now))
        {
            turn.State.Demand.Want(waiting.Spec.Role);
        }
        else
        {
            Wake(turn, waiting);
        }
    }

    private bool Find(Turn turn, SpecInstances instances, DateTimeOffset config, [NotNullWhen(true)] out WaitingSpec? waiting)
    {
        var present = turn.State.Catalog.Tree.Spec(instances.Spec);
        var isPresent = present?.LastConfigChangeAt == config;
        waiting = Of(instances.Spec).Find(here => here.Config == config);
        if (waiting is not null)
        {
            if (isPresent && !ReferenceEquals(waiting.Spec, present))
            {
                // Another version of the same configuration may need another role, or share instances out anew.
                waiting.Spec = present!;
                waiting.Seen = (-1, -1);
            }

            return true;
        }

        var first = turn.State.Instances.Find(instances.Waiting.First(config)!.Value)!;
        if ((isPresent ? present : turn.State.Catalog.Versions.Find(first.Spec, first.SpecVersion)) is not { } spec || spec.LastConfigChangeAt != config)
        {
            return false;
        }

        if (!_waiting.TryGetValue(spec.Id, out var all))
        {
            _waiting[spec.Id] = all = [];
        }

        all.Add(waiting = new(spec, instances, first.Since));
        return true;
    }

    private void DropEmpty(Turn turn, PathId spec, List<WaitingSpec> here)
    {
        foreach (var gone in here.Where(waiting => waiting.Count == 0))
        {
            gone.Wake?.Cancel();
            turn.State.Demand.Changed();
        }

        here.RemoveAll(waiting => waiting.Count == 0);
        if (here.Count == 0)
        {
            _waiting.Remove(spec);
        }
    }

    private void Delayed(Turn turn, RunSpec spec)
    {
        if (Of(spec.Id).Find(here => here.Config == spec.LastConfigChangeAt) is { } waiting)
        {
            Wake(turn, waiting);
            turn.State.Demand.Changed();
        }
    }

    // One alarm at a time: when the wait has grown meanwhile, it is set again.
    private void Wake(Turn turn, WaitingSpec waiting)
    {
        if (waiting.Wake is { IsSet: true })
        {
            return;
        }

        if (_backoffs.Until(waiting.Spec, turn.Now) is { } until && until > turn.Now)
        {
            waiting.Wake = turn.State.Deadlines.Set(until, t => Wake(t, waiting));
        }
        else
        {
            turn.State.Demand.Want(waiting.Spec.Role);
        }
    }
}
