namespace Tepui.Model.Time;

/// <summary>All timers of a core. Alarms ring by due time, then in the order they were set, so a replay rings them alike.</summary>
/// <typeparam name="TTurn">What a core hands to whom it lets act.</typeparam>
public sealed class AlarmQueue<TTurn>
{
    private const int TidyLeast = 1024;
    private readonly PriorityQueue<Alarm<TTurn>, (long Ticks, long Number)> _queue = new();
    private long _set;
    private int _tidyAt = TidyLeast;

    /// <summary>Alarms in the queue, cancelled ones that were not dropped yet included.</summary>
    public int Count => _queue.Count;

    /// <summary>When the first alarm is due, if there is one.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            while (_queue.TryPeek(out var alarm, out _))
            {
                if (alarm.IsSet)
                {
                    return alarm.Due;
                }

                _queue.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Sets an alarm.</summary>
    public Alarm<TTurn> Set(DateTimeOffset due, Action<TTurn> ring)
    {
        if (_queue.Count >= _tidyAt)
        {
            Tidy();
        }

        var alarm = new Alarm<TTurn>(due, ring);
        _queue.Enqueue(alarm, (due.UtcTicks, _set++));
        return alarm;
    }

    /// <summary>Rings everything due by <paramref name="now"/>. Alarms set meanwhile ring at a later call.</summary>
    /// <returns>Whether any was due.</returns>
    public bool RingDue(TTurn turn, DateTimeOffset now)
    {
        if (Next is not { } first || first > now)
        {
            return false;
        }

        var due = new List<Alarm<TTurn>>();
        while (_queue.TryPeek(out var alarm, out _) && (!alarm.IsSet || alarm.Due <= now))
        {
            due.Add(_queue.Dequeue());
        }

        foreach (var alarm in due)
        {
            if (alarm.Ring is { } ring)
            {
                alarm.Cancel();
                ring(turn);
            }
        }

        return true;
    }

    /// <summary>Lets every alarm ring so much sooner: for a clock that was set back, so that waits do not grow by that.</summary>
    public void Advance(TimeSpan by)
    {
        var kept = _queue.UnorderedItems.Where(static item => item.Element.IsSet).ToList();
        _queue.Clear();
        foreach (var (alarm, priority) in kept)
        {
            alarm.Due = alarm.Due - DateTimeOffset.MinValue > by ? alarm.Due - by : DateTimeOffset.MinValue;
            _queue.Enqueue(alarm, (alarm.Due.UtcTicks, priority.Number));
        }
    }

    // Most alarms are cancelled long before their time; they must not gather until it comes.
    private void Tidy()
    {
        var kept = _queue.UnorderedItems.Where(static item => item.Element.IsSet).ToList();
        _queue.Clear();
        _queue.EnqueueRange(kept);
        _tidyAt = Math.Max(TidyLeast, kept.Count * 2);
    }
}
