namespace Tepui.Model.Resources;

/// <summary>Sums up many resources without a set for every step. Not thread-safe; ready to be filled again after <see cref="Build"/>.</summary>
public sealed class ResourceSetBuilder(int capacity = 4)
{
    private Resource[] _items = new Resource[Math.Max(1, capacity)];
    private int _used;

    /// <summary>Adds one item; an empty one changes nothing.</summary>
    public void Add(in Resource resource)
    {
        if (resource.IsEmpty)
        {
            return;
        }

        for (var i = 0; i < _used; i++)
        {
            if (_items[i].IsAddable(resource))
            {
                _items[i] = _items[i].Add(resource);
                return;
            }
        }

        if (_used == _items.Length)
        {
            Array.Resize(ref _items, _used * 2);
        }

        _items[_used++] = resource;
    }

    /// <summary>Adds all items of a set.</summary>
    public void Add(ResourceSet set)
    {
        foreach (ref readonly var item in set.Items)
        {
            Add(item);
        }
    }

    /// <summary>The sum of what was added since the last time.</summary>
    public ResourceSet Build()
    {
        var result = ResourceSet.Own(_items[.._used]);
        _used = 0;
        return result;
    }
}
