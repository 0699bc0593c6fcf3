using Tepui.Master.Core.Tables;
using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Frameworks that live, were completed, and may never come back.</summary>
internal sealed class FrameworkTable
{
    private readonly OrderedTable<FrameworkId, Framework> _live = new();
    private readonly Dictionary<StreamId, Framework> _streams = [];
    private readonly HashSet<FrameworkId> _removed = [];
    private readonly Queue<FrameworkId> _removedInOrder = new();
    private Framework[]? _sorted;

    /// <summary>Torn down or timed out, oldest first, as far as they are kept for display.</summary>
    public OrderedTable<FrameworkId, FrameworkView> Completed { get; } = new();

    /// <summary>How many live.</summary>
    public int Count => _live.Count;

    /// <summary>All that live, in the order they came.</summary>
    public IEnumerable<Framework> Live => _live;

    /// <summary>All that live, by id; not to be changed.</summary>
    public Framework[] Sorted => _sorted ??= [.. _live.OrderBy(static framework => framework.Id)];

    /// <summary>The live framework of that id, if any.</summary>
    public Framework? Find(FrameworkId id) => id.IsSet ? _live[id] : null;

    /// <summary>The framework that owns a stream, if any does.</summary>
    public Framework? Find(StreamId stream) => _streams.GetValueOrDefault(stream);

    /// <summary>Whether that id may never subscribe again.</summary>
    public bool IsRemoved(FrameworkId id) => _removed.Contains(id);

    /// <summary>All that live, as they are now; safe to walk while they change.</summary>
    public Framework[] ToArray() => _live.ToArray();

    /// <summary>Takes a framework in; what was shown of one that is back after all stays with it.</summary>
    public void Add(Framework framework)
    {
        if (Completed.TryGet(framework.Id, out var before))
        {
            Completed.Remove(framework.Id);
            foreach (var task in before.CompletedTasks)
            {
                framework.CompletedTasks.Enqueue(task);
            }
        }

        _live.Add(framework.Id, framework);
        _sorted = null;
    }

    /// <summary>A framework uses this stream from now on, and no other.</summary>
    public void Connect(Framework framework, StreamId stream)
    {
        Disconnect(framework);
        framework.Stream = stream;
        _streams.Add(stream, framework);
    }

    /// <summary>A framework has no stream any more.</summary>
    public void Disconnect(Framework framework)
    {
        if (framework.Stream is { } stream)
        {
            _streams.Remove(stream);
            framework.Stream = null;
        }
    }

    /// <summary>A framework lives no longer.</summary>
    public void Remove(Framework framework)
    {
        Disconnect(framework);
        _live.Remove(framework.Id);
        _sorted = null;
    }

    /// <summary>Shows a framework among the completed ones, at its old place or as the newest of at most <paramref name="max"/>.</summary>
    public void Show(FrameworkView completed, int max)
    {
        Completed.Put(completed.Id, completed);
        while (Completed.Count > max && Completed.First() is { } oldest)
        {
            Completed.Remove(oldest.Id);
        }
    }

    /// <summary>Bars an id for good. Returns the oldest barred id when there are more than <paramref name="max"/>: it is forgotten.</summary>
    public FrameworkId? Bar(FrameworkId id, int max)
    {
        if (_removed.Add(id))
        {
            _removedInOrder.Enqueue(id);
        }

        if (_removedInOrder.Count <= max)
        {
            return null;
        }

        var oldest = _removedInOrder.Dequeue();
        _removed.Remove(oldest);
        return oldest;
    }
}
