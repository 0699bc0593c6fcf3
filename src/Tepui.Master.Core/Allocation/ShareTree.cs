using Tepui.Model;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Allocation;

/// <summary>Hierarchical dominant resource fairness: who is next, kept in order as allocations come and go.</summary>
/// <remarks>Roles form a tree; under each role its frameworks form a group of their own among the roles below it.
/// Only amounts count. A change of the pool's total changes all shares and so is worked in when the order is next asked for.</remarks>
internal sealed class ShareTree
{
    private readonly ShareNode _root = new("", null);
    private readonly Dictionary<string, ShareNode> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<string> _nameOf = [];
    private readonly HashSet<string> _excluded;
    private long[] _total = [];
    private bool _isStale;

    public ShareTree(IEnumerable<string> excluded) => _excluded = new(excluded, StringComparer.Ordinal);

    /// <summary>Roles with clients, and all above them, sorted.</summary>
    public IEnumerable<string> Roles
    {
        get
        {
            var all = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var role in _groups.Keys)
            {
                all.Add(role);
                all.UnionWith(Model.Resources.Roles.Ancestors(role));
            }

            return all;
        }
    }

    public ShareNode Root
    {
        get
        {
            Refresh();
            return _root;
        }
    }

    /// <summary>Amounts of the whole pool.</summary>
    public ResourceQuantities Total => ToQuantities(_total);

    public double WeightOf(string role) => _weights.GetValueOrDefault(role, 1);

    public void SetWeight(string role, double weight)
    {
        Invariant.Holds(double.IsFinite(weight) && weight > 0);
        _weights[role] = weight;
        if (Find(role) is { } node)
        {
            node.Weight = weight;
            _isStale = true;
        }
    }

    public void AddTotal(ResourceSet total, int sign)
    {
        foreach (ref readonly var item in total.Items)
        {
            if (item.Kind == ResourceKind.Scalar)
            {
                var index = IndexOf(item.Name);
                Grow(ref _total, index);
                _total[index] += sign * item.Scalar;
            }
        }

        _isStale = true;
    }

    public ShareNode AddClient(Client client)
    {
        var group = Group(client.Role);
        var leaf = new ShareNode(client.Framework.Id.Value, group) { Client = client };
        group.Children.Add(leaf.Name, leaf);
        return leaf;
    }

    /// <summary>Takes a client out; what it holds has been taken off before.</summary>
    public void RemoveClient(ShareNode leaf)
    {
        Invariant.Holds(leaf.ActiveClients == 0);
        for (var node = leaf; node.Parent is { } parent && node.Children.Count == 0; node = parent)
        {
            parent.Children.Remove(node.Name);
            if (node.RoleOfFrameworks is { } role)
            {
                _groups.Remove(role);
            }
        }
    }

    public void SetActive(ShareNode leaf, bool active)
    {
        if ((leaf.ActiveClients == 1) == active)
        {
            return;
        }

        for (var node = leaf; node is not null; node = node.Parent)
        {
            node.ActiveClients += active ? 1 : -1;
            if (active && node.ActiveClients == 1)
            {
                node.Parent?.InsertActive(node);
            }
            else if (!active && node.ActiveClients == 0)
            {
                if (_isStale && node.Parent is not null)
                {
                    Refresh();
                }

                node.Parent?.RemoveActive(node);
            }
        }
    }

    /// <summary>Something was given to a client.</summary>
    public void Give(ShareNode leaf, ResourceSet resources) => Change(leaf, resources, 1);

    /// <summary>A client gave something back. How often it was given something does not change.</summary>
    public void Take(ShareNode leaf, ResourceSet resources) => Change(leaf, resources, -1);

    /// <summary>Who is before whom; both active and not the same.</summary>
    public int Compare(ShareNode a, ShareNode b)
    {
        Refresh();
        while (a.Depth > b.Depth)
        {
            a = a.Parent!;
        }

        while (b.Depth > a.Depth)
        {
            b = b.Parent!;
        }

        while (!ReferenceEquals(a.Parent, b.Parent))
        {
            a = a.Parent!;
            b = b.Parent!;
        }

        return ShareNode.Compare(a, b);
    }

    public double DominantShare(string role) => Find(role) is { } node ? ShareOf(node) : 0;

    public ResourceQuantities Allocated(string role) => Find(role) is { } node ? ToQuantities(node.Allocated) : ResourceQuantities.Empty;

    public ResourceQuantities Allocated(ShareNode node) => ToQuantities(node.Allocated);

    /// <summary>Largest part the node holds of any resource of the pool that counts.</summary>
    public double ShareOf(ShareNode node)
    {
        var share = 0.0;
        var allocated = node.Allocated;
        for (var i = 0; i < allocated.Length; i++)
        {
            if (allocated[i] > 0 && i < _total.Length && _total[i] > 0 && !IsExcluded(i))
            {
                share = Math.Max(share, (double)allocated[i] / _total[i]);
            }
        }

        return share;
    }

    private void Change(ShareNode leaf, ResourceSet resources, int sign)
    {
        for (var node = leaf; node is not null; node = node.Parent)
        {
            foreach (ref readonly var item in resources.Items)
            {
                if (item.Kind == ResourceKind.Scalar)
                {
                    var index = IndexOf(item.Name);
                    var allocated = node.Allocated;
                    if (index >= allocated.Length)
                    {
                        Grow(ref allocated, index);
                        node.Allocated = allocated;
                    }

                    allocated[index] += sign * item.Scalar;
                    Invariant.Holds(allocated[index] >= 0);
                }
            }

            var times = node.Times + (sign > 0 ? 1 : 0);
            var key = ShareOf(node) / node.Weight;
            if (!_isStale && node.ActiveClients > 0 && node.Parent is { } parent)
            {
                parent.MoveActive(node, key, times);
            }
            else if (node.ActiveClients == 0 || node.Parent is null)
            {
                node.Key = key;
                node.Times = times;
            }
            else
            {
                node.Times = times;
            }
        }
    }

    private void Refresh()
    {
        if (_isStale)
        {
            _isStale = false;
            Refresh(_root);
        }
    }

    private void Refresh(ShareNode node)
    {
        node.Key = ShareOf(node) / node.Weight;
        foreach (var child in node.Children.Values)
        {
            Refresh(child);
        }

        node.SortActive();
    }

    private ShareNode Group(string role)
    {
        if (_groups.TryGetValue(role, out var group))
        {
            return group;
        }

        var node = _root;
        var path = "";
        foreach (var part in role.Split('/'))
        {
            path = path.Length == 0 ? part : path + "/" + part;
            if (!node.Children.TryGetValue(part, out var child))
            {
                child = new(part, node) { Weight = WeightOf(path) };
                node.Children.Add(part, child);
            }

            node = child;
        }

        group = new(ShareNode.FrameworksName, node) { RoleOfFrameworks = role };
        node.Children.Add(group.Name, group);
        _groups.Add(role, group);
        return group;
    }

    private ShareNode? Find(string role)
    {
        var node = _root;
        foreach (var part in role.Split('/'))
        {
            if (!node.Children.TryGetValue(part, out var child))
            {
                return null;
            }

            node = child;
        }

        return node;
    }

    private int IndexOf(string name)
    {
        if (!_names.TryGetValue(name, out var index))
        {
            index = _nameOf.Count;
            _names.Add(name, index);
            _nameOf.Add(name);
        }

        return index;
    }

    private bool IsExcluded(int index) => _excluded.Count > 0 && _excluded.Contains(_nameOf[index]);

    private ResourceQuantities ToQuantities(long[] amounts)
    {
        var entries = new List<KeyValuePair<string, long>>(amounts.Length);
        for (var i = 0; i < amounts.Length; i++)
        {
            entries.Add(new(_nameOf[i], amounts[i]));
        }

        return ResourceQuantities.From(entries);
    }

    private static void Grow(ref long[] amounts, int index)
    {
        if (index >= amounts.Length)
        {
            Array.Resize(ref amounts, index + 1);
        }
    }
}
