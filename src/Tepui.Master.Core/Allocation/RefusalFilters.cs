using System.Runtime.InteropServices;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>All refusals in force, and when they end.</summary>
internal sealed class RefusalFilters
{
    private const int DroppedMax = 1024;

    private readonly PriorityQueue<RefusalFilter, (DateTimeOffset Deadline, long Number)> _queue = new();
    private readonly Dictionary<string, int> _active = new(StringComparer.Ordinal);
    private long _number;
    private int _dropped;

    /// <summary>When the next one ends.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            DropLeading();
            return _queue.TryPeek(out var filter, out _) ? filter.Deadline : null;
        }
    }

    /// <summary>How many are in force in a role.</summary>
    public int ActiveIn(string role) => _active.GetValueOrDefault(role);

    public void Add(Client client, AgentEntry agent, ResourceSet refused, DateTimeOffset deadline)
    {
        var filter = new RefusalFilter(client, agent, refused, deadline);
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(client.Filters, agent, out _);
        DropCovered(ref head, filter);
        filter.Next = head;
        head = filter;
        _queue.Enqueue(filter, (deadline, _number++));
        CollectionsMarshal.GetValueRefOrAddDefault(_active, client.Role, out _)++;
    }

    /// <summary>Whether the client refused all of <paramref name="offer"/> or more.</summary>
    public static bool Refuses(Client client, AgentEntry agent, ResourceSet offer)
    {
        for (var filter = client.Filters.GetValueOrDefault(agent); filter is not null; filter = filter.Next)
        {
            if (filter.Refused.Contains(offer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes out the next filter that has ended by <paramref name="now"/>.</summary>
    public RefusalFilter? TakeEnded(DateTimeOffset now)
    {
        DropLeading();
        if (!_queue.TryPeek(out var filter, out _) || filter.Deadline > now)
        {
            return null;
        }

        _queue.Dequeue();
        Unlink(filter);
        Count(filter);
        return filter;
    }

    public void DropAll(Client client)
    {
        foreach (var head in client.Filters.Values)
        {
            for (var filter = head; filter is not null; filter = filter.Next)
            {
                Drop(filter);
            }
        }

        client.Filters.Clear();
        Compact();
    }

    public void DropAll(Client client, AgentEntry agent)
    {
        if (client.Filters.Remove(agent, out var head))
        {
            for (var filter = head; filter is not null; filter = filter.Next)
            {
                Drop(filter);
            }

            Compact();
        }
    }

    /// <summary>A later filter over as much or more makes an earlier one pointless.</summary>
    private void DropCovered(ref RefusalFilter? head, RefusalFilter filter)
    {
        RefusalFilter? kept = null;
        for (var old = head; old is not null;)
        {
            var next = old.Next;
            if (old.Deadline <= filter.Deadline && filter.Refused.Contains(old.Refused))
            {
                Drop(old);
            }
            else
            {
                old.Next = kept;
                kept = old;
            }

            old = next;
        }

        head = kept;
        Compact();
    }

    private static void Unlink(RefusalFilter filter)
    {
        var filters = filter.Client.Filters;
        var head = filters[filter.Agent];
        if (ReferenceEquals(head, filter))
        {
            if (filter.Next is { } next)
            {
                filters[filter.Agent] = next;
            }
            else
            {
                filters.Remove(filter.Agent);
            }

            return;
        }

        while (!ReferenceEquals(head.Next, filter))
        {
            head = head.Next!;
        }

        head.Next = filter.Next;
    }

    private void Drop(RefusalFilter filter)
    {
        filter.IsDropped = true;
        _dropped++;
        Count(filter);
    }

    private void Count(RefusalFilter filter)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_active, filter.Client.Role, out _);
        if (--count == 0)
        {
            _active.Remove(filter.Client.Role);
        }
    }

    private void DropLeading()
    {
        while (_queue.TryPeek(out var filter, out _) && filter.IsDropped)
        {
            _queue.Dequeue();
            _dropped--;
        }
    }

    /// <summary>Dropped filters wait in the queue for their deadline, which may be a year away; not too many of them.</summary>
    private void Compact()
    {
        if (_dropped <= DroppedMax || _dropped <= _queue.Count / 2)
        {
            return;
        }

        var kept = new List<(RefusalFilter, (DateTimeOffset, long))>(_queue.Count - _dropped);
        foreach (var (filter, priority) in _queue.UnorderedItems)
        {
            if (!filter.IsDropped)
            {
                kept.Add((filter, priority));
            }
        }

        _queue.Clear();
        _queue.EnqueueRange(kept);
        _dropped = 0;
    }
}
