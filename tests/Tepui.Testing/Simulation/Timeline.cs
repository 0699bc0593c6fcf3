namespace Tepui.Testing.Simulation;

/// <summary>Virtual time: what is to happen, and when. Things due at the same moment happen in the order they were asked for.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long Ticks, long Number)> _due = new();
    private long _number;

    /// <summary>The time now; it moves only between two happenings.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Happenings so far.</summary>
    public long Steps { get; private set; }

    public void After(TimeSpan wait, Action happening) =>
        _due.Enqueue(happening, ((Now + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero)).UtcTicks, _number++));

    /// <summary>Lets the next thing happen, unless it is due later than <paramref name="end"/>: then the time is moved there.</summary>
    public bool Next(DateTimeOffset end)
    {
        if (!_due.TryPeek(out _, out var due) || due.Ticks > end.UtcTicks)
        {
            Now = end;
            return false;
        }

        var happening = _due.Dequeue();
        Now = new(due.Ticks, TimeSpan.Zero);
        Steps++;
        happening();
        return true;
    }
}
