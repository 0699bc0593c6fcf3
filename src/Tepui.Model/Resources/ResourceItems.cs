namespace Tepui.Model.Resources;

/// <summary>A set of names, sorted ordinally. Immutable.</summary>
public sealed class ResourceItems : IEquatable<ResourceItems>
{
    private readonly string[] _items;

    private ResourceItems(string[] items) => _items = items;

    /// <summary>No names.</summary>
    public static ResourceItems Empty { get; } = new([]);

    /// <summary>The names, ascending.</summary>
    public ReadOnlySpan<string> Items => _items;

    /// <summary>Whether no name is in it.</summary>
    public bool IsEmpty => _items.Length == 0;

    /// <summary>How many names are in it.</summary>
    public long Count => _items.Length;

    /// <summary>Names in any order; those given twice count once.</summary>
    public static ResourceItems From(IEnumerable<string> items)
    {
        var sorted = new SortedSet<string>(items, StringComparer.Ordinal);
        return sorted.Count == 0 ? Empty : new([.. sorted]);
    }

    /// <summary>The names in either.</summary>
    public ResourceItems Add(ResourceItems other)
    {
        if (other.IsEmpty)
        {
            return this;
        }

        if (IsEmpty)
        {
            return other;
        }

        var result = new List<string>(_items.Length + other._items.Length);
        int i = 0, j = 0;
        while (i < _items.Length || j < other._items.Length)
        {
            var order = i == _items.Length ? 1 : j == other._items.Length ? -1 : string.CompareOrdinal(_items[i], other._items[j]);
            result.Add(order <= 0 ? _items[i] : other._items[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return new([.. result]);
    }

    /// <summary>The names in this and not in <paramref name="other"/>.</summary>
    public ResourceItems Subtract(ResourceItems other)
    {
        var result = new List<string>(_items.Length);
        foreach (var item in _items)
        {
            if (!other.Has(item))
            {
                result.Add(item);
            }
        }

        return result.Count == _items.Length ? this : result.Count == 0 ? Empty : new([.. result]);
    }

    /// <summary>Whether every name of <paramref name="other"/> is in this.</summary>
    public bool Contains(ResourceItems other)
    {
        foreach (var item in other._items)
        {
            if (!Has(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first <paramref name="count"/> names, or all if there are fewer.</summary>
    public ResourceItems First(long count) =>
        count <= 0 ? Empty : count >= _items.Length ? this : new(_items[..(int)count]);

    /// <inheritdoc/>
    public bool Equals(ResourceItems? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceItems);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in _items)
        {
            hash = (hash * 31) + string.GetHashCode(item, StringComparison.Ordinal);
        }

        return hash;
    }

    /// <summary>As in <c>{a, b}</c>.</summary>
    public override string ToString() => "{" + string.Join(", ", _items) + "}";

    private bool Has(string item) => Array.BinarySearch(_items, item, StringComparer.Ordinal) >= 0;
}
