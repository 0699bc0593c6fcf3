namespace Tepui.Master.Core.Allocation;

/// <summary>A place in the tree of shares: a role, the frameworks of a role, or one framework in one role.</summary>
internal sealed class ShareNode(string name, ShareNode? parent)
{
    /// <summary>Name of the node that stands for the frameworks of a role among the roles below it.</summary>
    public const string FrameworksName = ".";

    private ShareNode[] _active = [];
    private int _activeCount;

    /// <summary>Last part of the path; what siblings with the same share are ordered by.</summary>
    public string Name { get; } = name;

    public ShareNode? Parent { get; } = parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>The client, if the node is one.</summary>
    public Client? Client { get; set; }

    /// <summary>Full path of the role, if the node stands for the frameworks of one.</summary>
    public string? RoleOfFrameworks { get; set; }

    public double Weight { get; set; } = 1;

    /// <summary>Amounts held at or below the node, by the tree's number of the resource name.</summary>
    public long[] Allocated { get; set; } = [];

    /// <summary>How often it was given something; decides between equal shares.</summary>
    public long Times { get; set; }

    /// <summary>Dominant share over weight, as of the last ordering.</summary>
    public double Key { get; set; }

    /// <summary>Active clients at or below the node.</summary>
    public int ActiveClients { get; set; }

    public Dictionary<string, ShareNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Children with active clients, who comes next first.</summary>
    public ReadOnlySpan<ShareNode> Active => _active.AsSpan(0, _activeCount);

    /// <summary>Order among siblings: share, then how often it was given something, then name.</summary>
    public static int Compare(ShareNode a, ShareNode b)
    {
        if (a.Key != b.Key)
        {
            return a.Key < b.Key ? -1 : 1;
        }

        return a.Times != b.Times ? a.Times.CompareTo(b.Times) : string.CompareOrdinal(a.Name, b.Name);
    }

    public void InsertActive(ShareNode child)
    {
        if (_activeCount == _active.Length)
        {
            Array.Resize(ref _active, Math.Max(4, _activeCount * 2));
        }

        var index = PlaceOf(child);
        Array.Copy(_active, index, _active, index + 1, _activeCount - index);
        _active[index] = child;
        _activeCount++;
    }

    public void RemoveActive(ShareNode child)
    {
        var index = PlaceOf(child);
        Model.Invariant.Holds(ReferenceEquals(_active[index], child));
        _activeCount--;
        Array.Copy(_active, index + 1, _active, index, _activeCount - index);
        _active[_activeCount] = null!;
    }

    /// <summary>Gives a child another place in the order.</summary>
    public void MoveActive(ShareNode child, double key, long times)
    {
        var from = PlaceOf(child);
        Model.Invariant.Holds(ReferenceEquals(_active[from], child));
        child.Key = key;
        child.Times = times;
        if ((from == 0 || Compare(_active[from - 1], child) < 0)
            && (from == _activeCount - 1 || Compare(child, _active[from + 1]) < 0))
        {
            return;
        }

        if (from > 0 && Compare(child, _active[from - 1]) < 0)
        {
            var to = PlaceOf(child, 0, from);
            Array.Copy(_active, to, _active, to + 1, from - to);
            _active[to] = child;
        }
        else
        {
            var to = PlaceOf(child, from + 1, _activeCount) - 1;
            Array.Copy(_active, from + 1, _active, from, to - from);
            _active[to] = child;
        }
    }

    /// <summary>Puts the active children in order after their keys changed all at once.</summary>
    public void SortActive() => Array.Sort(_active, 0, _activeCount, Comparer<ShareNode>.Create(Compare));

    /// <summary>Where the child is, or would go, by its present key.</summary>
    private int PlaceOf(ShareNode child) => PlaceOf(child, 0, _activeCount);

    private int PlaceOf(ShareNode child, int low, int high)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(_active[middle], child) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
