using System.Diagnostics.CodeAnalysis;
using Tepui.Jobs.Core.Launching.Matching;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Runs that may be launched now, high priority first, then by due time. Runs with equal demands form a group; a group that fits on no offer in hand stands aside until new ones come, so that it holds up nobody.</summary>
internal sealed class LaunchQueue
{
    private readonly Dictionary<RunId, (QueuedRun Run, LaunchGroup Group)> _runs = [];
    private readonly Dictionary<Demand, LaunchGroup> _groups = [];
    private readonly SortedSet<QueuedRun> _open = [];
    private readonly HashSet<LaunchGroup> _aside = [];
    private readonly HashSet<LaunchGroup> _fresh = [];

    /// <summary>How many wait with normal priority.</summary>
    public int Normal => _runs.Count - High;

    /// <summary>How many wait with high priority.</summary>
    public int High { get; private set; }

    /// <summary>How many wait.</summary>
    public int Count => _runs.Count;

    /// <summary>Constraints made ready.</summary>
    public RuleCache Rules { get; } = new();

    /// <summary>Whether something waits that no offers were asked for yet.</summary>
    public bool HasFresh => _fresh.Count > 0;

    /// <summary>Whether some group can be tried on the offers in hand.</summary>
    public bool HasOpen => _open.Count > 0;

    /// <summary>The runs, for checks.</summary>
    public IReadOnlyCollection<RunId> All => _runs.Keys;

    /// <summary>A run may be launched from now on: nothing of its own holds it back. May be repeated, and is when its job has changed.</summary>
    public void Add(Turn turn, Run run)
    {
        if (turn.State.JobOf(run) is not { } job)
        {
            return;
        }

        var entry = new QueuedRun(job.Spec.HighPriority, run.Cause.Due.UtcTicks, run.Id);
        var demand = Demand.Of(job.Spec, turn.State.Options);
        if (_runs.TryGetValue(run.Id, out var before))
        {
            if (before.Run == entry && before.Group.Demand == demand)
            {
                return;
            }

            Remove(run.Id);
        }

        var group = Group(demand, job.Spec);
        _runs[run.Id] = (entry, group);
        High += entry.IsHigh ? 1 : 0;
        group.Runs.Add(entry);
        Reorder(group);
        turn.State.Coming.Arrived(run.Id.Job);
    }

    /// <summary>It may not any more.</summary>
    public void Remove(RunId run)
    {
        if (!_runs.Remove(run, out var found))
        {
            return;
        }

        var (entry, group) = found;
        High -= entry.IsHigh ? 1 : 0;
        group.Runs.Remove(entry);
        if (group.Runs.Count > 0)
        {
            Reorder(group);
            return;
        }

        Drop(group);
    }

    /// <summary>Whether it waits.</summary>
    public bool Has(RunId run) => _runs.ContainsKey(run);

    /// <summary>The run to launch next, of those whose group may still fit somewhere.</summary>
    public bool TryFirst(out QueuedRun run, [NotNullWhen(true)] out LaunchGroup? group)
    {
        var has = _open.Count > 0;
        run = has ? _open.Min : default;
        group = has ? _runs[run.Id].Group : null;
        return has;
    }

    /// <summary>A group fits on no offer up to this number: it stands aside until <see cref="OffersCame"/>.</summary>
    public void SetAside(LaunchGroup group, long newestOffer)
    {
        group.Seen = newestOffer;
        _open.Remove(group.Place!.Value);
        group.Place = null;
        group.IsAside = true;
        _aside.Add(group);
    }

    /// <summary>There are new offers: every group is tried again.</summary>
    public void OffersCame()
    {
        foreach (var group in _aside)
        {
            group.IsAside = false;
            Reorder(group);
        }

        _aside.Clear();
    }

    /// <summary>Offers were asked for.</summary>
    public void Asked() => _fresh.Clear();

    /// <summary>Counts and order are those of a recount, and everything in here waits.</summary>
    public void Check(JobsState state)
    {
        Invariant.Holds(_groups.Values.Sum(group => group.Runs.Count) == _runs.Count, "the launch queue has lost runs");
        Invariant.Holds(_runs.Values.Count(entry => entry.Run.IsHigh) == High, "runs with high priority are miscounted");
        Invariant.Holds(_open.Count + _aside.Count == _groups.Count, "a group of the launch queue is neither tried nor aside");
        foreach (var group in _groups.Values)
        {
            var isRight = group.IsAside ? group.Place is null && _aside.Contains(group) : group.Place == group.Runs.Min && _open.Contains(group.Runs.Min);
            Invariant.Holds(isRight, $"the group of {group.Runs.Min.Id} is at a wrong place in the launch queue");
        }

        foreach (var id in _runs.Keys)
        {
            Invariant.Holds(state.Runs.Find(id) is { State: RunState.Waiting }, $"{id} is in the launch queue and does not wait");
        }
    }

    private LaunchGroup Group(Demand demand, JobSpec job)
    {
        if (!_groups.TryGetValue(demand, out var group))
        {
            _groups[demand] = group = new(demand, Rules.Of(demand, job));
            _fresh.Add(group);
        }

        return group;
    }

    // A group that stands aside stays there: another run of the same demand fits no better.
    private void Reorder(LaunchGroup group)
    {
        var first = group.Runs.Min;
        if (group.IsAside || group.Place == first)
        {
            return;
        }

        if (group.Place is { } place)
        {
            _open.Remove(place);
        }

        group.Place = first;
        _open.Add(first);
    }

    private void Drop(LaunchGroup group)
    {
        _groups.Remove(group.Demand);
        _fresh.Remove(group);
        _aside.Remove(group);
        if (group.Place is { } place)
        {
            _open.Remove(place);
        }
    }
}
