using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Runs that will want offers soon: of jobs due within the look-ahead, and of jobs whose only parent was launched a moment ago. Counted anew from time to time, not in every step.</summary>
internal sealed class ComingRuns
{
    /// <summary>How long a count is good for.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(50);

    // Runs due this close to each other are launched together, on as few offers as that takes; an offer once used is back only after several such times.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    private const int RunsMost = 20_000;
    private const int GroupsMost = 256;
    private const int ChildrenMost = 10_000;

    // Few runs get an offer each, so that they spread; of many, so many go on one.
    private const int SpreadMost = 16;
    private const int RunsPerOffer = 16;

    private readonly Dictionary<JobName, DateTimeOffset> _children = [];
    private IReadOnlyList<ComingGroup> _groups = [];
    private DateTimeOffset _counted = DateTimeOffset.MinValue;
    private bool _isStale;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>When they are counted anew, if there are any.</summary>
    public DateTimeOffset? NextCount => Count > 0 || _children.Count > 0 ? _counted + Fresh : null;

    /// <summary>Whether offers in hand must be reviewed: the count is new.</summary>
    public bool IsNew { get; set; }

    /// <summary>A run of a job is launched: those that wait for nothing else are next.</summary>
    public void Launched(JobsState state, Job job, DateTimeOffset now)
    {
        foreach (var name in state.Graph.Children(job.Name))
        {
            if (_children.Count >= ChildrenMost)
            {
                break;
            }

            if (state.Jobs.TryFind(name, out var child) && child.Spec is { Disabled: false, Parents.Count: 1 })
            {
                _children[name] = now + state.Options.LookAhead;
                _isStale = true;
            }
        }
    }

    /// <summary>A run that was to come has come.</summary>
    public void Arrived(JobName job) => _isStale |= _children.Remove(job);

    /// <summary>Counts, where that is needed.</summary>
    public void Refresh(JobsState state, DateTimeOffset now)
    {
        var horizon = now + state.Options.LookAhead;
        if (!(state.Due.Next <= horizon) && _children.Count == 0)
        {
            IsNew |= Count > 0;
            (_groups, Count) = ([], 0);
        }
        else if ((_isStale && Count == 0) || now >= _counted + Fresh || now < _counted)
        {
            CountAnew(state, now, horizon);
        }
    }

    /// <summary>What is still to be covered by offers.</summary>
    public Cover Uncovered()
    {
        var moments = _groups.Sum(group => group.Moments);
        var least = Math.Max(SpreadMost, (Count + RunsPerOffer - 1) / RunsPerOffer);
        var offers = Math.Min(Count, Math.Max(moments, least));
        return new(_groups, offers == 0 ? 0 : (Count + offers - 1) / offers);
    }

    private void CountAnew(JobsState state, DateTimeOffset now, DateTimeOffset horizon)
    {
        (_counted, _isStale, IsNew) = (now, false, true);
        foreach (var over in _children.Where(child => child.Value <= now || child.Value > horizon).Select(child => child.Key).ToList())
        {
            _children.Remove(over);
        }

        var groups = new Dictionary<Demand, ComingGroup>();
        Count = 0;
        foreach (var job in state.Due.Upcoming(state, horizon, RunsMost))
        {
            if (!Waits(state, job))
            {
                Add(state, groups, job, job.Progress.NextDue?.UtcTicks ?? 0);
            }
        }

        foreach (var child in _children.Keys)
        {
            if (state.Jobs.TryFind(child, out var job) && !Waits(state, job))
            {
                Add(state, groups, job, 0);
            }
        }

        _groups = [.. groups.Values];
    }

    // The first ones by time; what is beyond them is counted when its time is nearer.
    private void Add(JobsState state, Dictionary<Demand, ComingGroup> groups, Job job, long ticks)
    {
        var demand = Demand.Of(job.Spec, state.Options);
        if (!groups.TryGetValue(demand, out var group))
        {
            if (groups.Count >= GroupsMost)
            {
                return;
            }

            groups[demand] = group = new(demand, state.Queue.Rules.Of(demand, job.Spec));
        }

        group.Add(ticks / Moment.Ticks);
        Count++;
    }

    // A run that may not overlap waits for one under way, and not for offers.
    private static bool Waits(JobsState state, Job job) => job.Spec.ConcurrencyOrDefault() == Concurrency.Forbid && state.Runs.OpenOf(job.Name).Count > 0;
}
