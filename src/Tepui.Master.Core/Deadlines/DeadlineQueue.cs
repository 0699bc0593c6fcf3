namespace Tepui.Master.Core.Deadlines;

/// <summary>All timers of the core. Alarms ring by due time, then in the order they were set, so a replay rings them alike.</summary>
internal sealed class DeadlineQueue
{
    private const int TidyLeast = 1024;
    private readonly PriorityQueue<Alarm, (long Ticks, long Number)> _queue = new();
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
    public Alarm Set(DateTimeOffset due, Action<Turn> ring)
    {
        if (_queue.Count >= _tidyAt)
        {
            Tidy();
        }

        var alarm = new Alarm(due, ring);
        _queue.Enqueue(alarm, (due.UtcTicks, _set++));
        return alarm;
    }

    /// <summary>Rings everything due by the turn's time. Alarms set meanwhile ring in a later turn.</summary>
    public void RingDue(Turn turn)
    {
        var due = new List<Alarm>();
        while (_queue.TryPeek(out var alarm, out _) && (!alarm.IsSet || alarm.Due <= turn.Now))
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
    }

    // Every offer that is answered leaves its expiry behind; they must not gather until their time comes.
    private void Tidy()
    {
        var kept = _queue.UnorderedItems.Where(static item => item.Element.IsSet).ToList();
        _queue.Clear();
        _queue.EnqueueRange(kept);
        _tidyAt = Math.Max(TidyLeast, kept.Count * 2);
    }
}
