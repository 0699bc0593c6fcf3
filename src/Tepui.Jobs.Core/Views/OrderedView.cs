using System.Collections;
using System.Collections.Immutable;

namespace Tepui.Jobs.Core.Views;

/// <summary>Values of a sorted dictionary as a list; costs nothing until somebody reads it, and then once for all readers.</summary>
/// <remarks>May be read by several threads: at worst they make the same array.</remarks>
internal sealed class OrderedView<TKey, TValue>(ImmutableSortedDictionary<TKey, TValue> values) : IReadOnlyList<TValue>
    where TKey : notnull
{
    private volatile TValue[]? _array;

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public TValue this[int index] => Array[index];

    private TValue[] Array => _array ??= [.. values.Values];

    /// <inheritdoc/>
    public IEnumerator<TValue> GetEnumerator() => ((IEnumerable<TValue>)Array).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Array.GetEnumerator();
}
