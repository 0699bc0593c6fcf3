using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Occurrences;

/// <summary>Enabled jobs by the next due time of their schedules.</summary>
internal sealed class DueJobs
{
    // A start-up with very many overdue jobs goes in steps of so many runs, between which the rest of the scheduler has its turn.
    private const int RunsPerStep = 1000;

    private readonly SortedSet<Entry> _order = [];
    private readonly Dictionary<JobName, Entry> _entries = [];
    private readonly HashSet<JobName> _held = [];

    /// <summary>When the first is due.</summary>
    public DateTimeOffset? Next => _order.Count > 0 ? new DateTimeOffset(_order.Min.Ticks, TimeSpan.Zero) : null;

    /// <summary>How many jobs have a due time.</summary>
    public int Count => _order.Count;

    /// <summary>Follows a job that is new or changed: <see cref="JobProgress.NextDue"/> and disabled state count. Called by the job table.</summary>
    public void Follow(Job job)
    {
        if (job.Spec.Disabled || job.Progress.NextDue is not { } due)
        {
            Forget(job.Name);
        }
        else if (!_held.Contains(job.Name))
        {
            Put(new(due.UtcTicks, job.Name));
        }
    }

    /// <summary>A job is gone. Called by the job table.</summary>
    public void Forget(JobName job)
    {
        _held.Remove(job);
        Drop(job);
    }

    /// <summary>While a job has as many waiting runs as are allowed, its due time does not count.</summary>
    public void Hold(Job job, bool isHeld)
    {
        if (isHeld && !job.Spec.Disabled && job.Progress.NextDue is not null)
        {
            Drop(job.Name);
            _held.Add(job.Name);
        }
        else if (!isHeld && _held.Remove(job.Name))
        {
            Follow(job);
        }
    }

    /// <summary>Jobs due up to a time, soonest first, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<Job> Upcoming(JobsState state, DateTimeOffset until, int most)
    {
        var jobs = new List<Job>();
        foreach (var entry in _order)
        {
            if (entry.Ticks > until.UtcTicks || jobs.Count >= most)
            {
                break;
            }

            if (state.Jobs.TryFind(entry.Job, out var job))
            {
                jobs.Add(job);
            }
        }

        return jobs;
    }

    /// <summary>At the end of a step: makes the runs whose time has come, by the catch-up policy of their jobs, and moves the cursors on.</summary>
    /// <remarks>At most <see cref="RunsPerStep"/> at a time; <see cref="Next"/> stays in the past then, so that the next step follows at once.</remarks>
    public static void Mint(Turn turn)
    {
        var due = turn.State.Due;
        var left = RunsPerStep;
        while (left > 0 && due._order.Count > 0 && due._order.Min is var first && first.Ticks <= turn.Now.UtcTicks)
        {
            if (!turn.State.Jobs.TryFind(first.Job, out var job))
            {
                due.Forget(first.Job);
                continue;
            }

            left -= Math.Max(1, Minting.Mint(turn, job, left));
        }
    }

    /// <summary>Whether a job is held back, for checks.</summary>
    public bool IsHeld(JobName job) => _held.Contains(job);

    /// <summary>The due time that counts for a job, for checks.</summary>
    public DateTimeOffset? Of(JobName job) => _entries.TryGetValue(job, out var entry) ? new DateTimeOffset(entry.Ticks, TimeSpan.Zero) : null;

    private void Put(Entry entry)
    {
        if (_entries.TryGetValue(entry.Job, out var before))
        {
            if (before == entry)
            {
                return;
            }

            _order.Remove(before);
        }

        _entries[entry.Job] = entry;
        _order.Add(entry);
    }

    private void Drop(JobName job)
    {
        if (_entries.Remove(job, out var entry))
        {
            _order.Remove(entry);
        }
    }

    // Soonest first, then by name, so that a replay takes them in the same order.
    private readonly record struct Entry(long Ticks, JobName Job) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Job.CompareTo(other.Job);
    }
}
