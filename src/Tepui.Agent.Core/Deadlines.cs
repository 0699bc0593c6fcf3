namespace Tepui.Agent.Core;

/// <summary>Something to do at a time, unless cancelled before.</summary>
internal sealed class Deadline(DateTimeOffset due, Action<Turn> action)
{
    public DateTimeOffset Due { get; } = due;

    public Action<Turn>? Action { get; private set; } = action;

    public bool Cancelled => Action is null;

    public void Cancel() => Action = null;
}

/// <summary>All deadlines, earliest first; those due at the same time in the order they were made.</summary>
internal sealed class Deadlines
{
    private const int TidyLeast = 1024;
    private readonly PriorityQueue<Deadline, (DateTimeOffset Due, long Number)> _queue = new();
    private long _number;
    private int _tidyAt = TidyLeast;

    /// <summary>Those in the queue, cancelled ones that were not dropped yet included.</summary>
    public int Count => _queue.Count;

    /// <summary>The earliest that is not cancelled. Cancelled ones are dropped when they reach the front, or when many gathered.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            while (_queue.TryPeek(out var deadline, out _))
            {
                if (!deadline.Cancelled)
                {
                    return deadline.Due;
                }

                _queue.Dequeue();
            }

            return null;
        }
    }

    public Deadline Add(DateTimeOffset due, Action<Turn> action)
    {
        if (_queue.Count >= _tidyAt)
        {
            Tidy();
        }

        var deadline = new Deadline(due, action);
        _queue.Enqueue(deadline, (due, _number++));
        return deadline;
    }

    /// <summary>Carries out all that are due. What is added meanwhile for now or earlier is carried out too.</summary>
    public void Run(Turn turn)
    {
        while (Next is { } due && due <= turn.Now)
        {
            var deadline = _queue.Dequeue();
            var action = deadline.Action!;
            deadline.Cancel();
            action(turn);
        }
    }

    // A task that ends long before its time limit leaves a deadline behind; thousands of them a second would fill the memory for days.
    private void Tidy()
    {
        var kept = _queue.UnorderedItems.Where(static item => !item.Element.Cancelled).ToList();
        _queue.Clear();
        _queue.EnqueueRange(kept);
        _tidyAt = Math.Max(TidyLeast, kept.Count * 2);
    }
}
