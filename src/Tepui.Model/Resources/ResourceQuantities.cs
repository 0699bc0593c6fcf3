using System.Collections;

namespace Tepui.Model.Resources;

/// <summary>How much of each name, in thousandths, sorted by name; elements of ranges and sets count 1000. Immutable; a name that is not in it counts 0.</summary>
public sealed class ResourceQuantities : IReadOnlyList<KeyValuePair<string, long>>
{
    private readonly KeyValuePair<string, long>[] _entries;

    private ResourceQuantities(KeyValuePair<string, long>[] entries) => _entries = entries;

    /// <summary>Nothing.</summary>
    public static ResourceQuantities Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _entries.Length == 0;

    /// <inheritdoc/>
    public KeyValuePair<string, long> this[int index] => _entries[index];

    /// <summary>How much of <paramref name="name"/>.</summary>
    public long this[string name]
    {
        get
        {
            foreach (ref readonly var entry in _entries.AsSpan())
            {
                if (entry.Key == name)
                {
                    return entry.Value;
                }
            }

            return 0;
        }
    }

    /// <summary>From names and thousandths; names given twice add up, zeros stay out.</summary>
    public static ResourceQuantities From(IEnumerable<KeyValuePair<string, long>> entries)
    {
        KeyValuePair<string, long>[] sorted = [.. entries];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var used = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var name = sorted[i].Key;
            var sum = 0L;
            for (; i < sorted.Length && sorted[i].Key == name; i++)
            {
                sum += sorted[i].Value;
            }

            if (sum != 0)
            {
                sorted[used++] = new(name, sum);
            }
        }

        return used == 0 ? Empty : new(used == sorted.Length ? sorted : sorted[..used]);
    }

    /// <summary>Of a set, over all identities.</summary>
    public static ResourceQuantities Of(ResourceSet set)
    {
        if (set.IsEmpty)
        {
            return Empty;
        }

        var entries = new KeyValuePair<string, long>[set.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new(set[i].Name, set[i].Quantity);
        }

        return From(entries);
    }

    /// <summary>Whether there is at least as much of every name in <paramref name="other"/>.</summary>
    public bool Contains(ResourceQuantities other)
    {
        foreach (ref readonly var entry in other._entries.AsSpan())
        {
            if (this[entry.Key] < entry.Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The sum.</summary>
    public ResourceQuantities Add(ResourceQuantities other) =>
        other.IsEmpty ? this : IsEmpty ? other : From([.. _entries, .. other._entries]);

    /// <summary>What is left, never below 0.</summary>
    public ResourceQuantities Subtract(ResourceQuantities other)
    {
        var rest = new List<KeyValuePair<string, long>>(_entries.Length);
        foreach (var (name, value) in _entries)
        {
            rest.Add(new(name, Math.Max(0, value - other[name])));
        }

        return From(rest);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, long>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, long>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <summary>As in <c>cpus:0.1; mem:32</c>.</summary>
    public override string ToString() =>
        string.Join("; ", Array.ConvertAll(_entries, static e => $"{e.Key}:{Thousandths.Print(e.Value)}"));
}
