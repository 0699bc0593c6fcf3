using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Tepui.Master.Core.Tables;

/// <summary>A dictionary that is walked in the order things were put in, whatever was removed since. Look-up, adding and removing take constant time.</summary>
/// <remarks>Do not change it while walking it; walk <see cref="ToArray"/> instead.</remarks>
internal sealed class OrderedTable<TKey, TValue> : IEnumerable<TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, int> _places = [];
    private readonly List<TValue?> _values = [];

    /// <summary>How many things there are.</summary>
    public int Count => _places.Count;

    /// <summary>The thing under <paramref name="key"/>, or <see langword="null"/>.</summary>
    public TValue? this[TKey key] => _places.TryGetValue(key, out var place) ? _values[place] : null;

    /// <summary>Whether there is something under <paramref name="key"/>.</summary>
    public bool Contains(TKey key) => _places.ContainsKey(key);

    /// <summary>The thing under <paramref name="key"/>, if any.</summary>
    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value) => (value = this[key]) is not null;

    /// <summary>Puts something under a key that must be free, at the end.</summary>
    public void Add(TKey key, TValue value)
    {
        _places.Add(key, _values.Count);
        _values.Add(value);
    }

    /// <summary>Replaces what is under <paramref name="key"/>, at its place, or adds it.</summary>
    public void Put(TKey key, TValue value)
    {
        if (_places.TryGetValue(key, out var place))
        {
            _values[place] = value;
        }
        else
        {
            Add(key, value);
        }
    }

    /// <summary>Takes out what is under <paramref name="key"/>; says whether there was something.</summary>
    public bool Remove(TKey key)
    {
        if (!_places.Remove(key, out var place))
        {
            return false;
        }

        _values[place] = null;
        if (_values.Count > 32 && _values.Count > 2 * _places.Count)
        {
            Compact();
        }

        return true;
    }

    /// <summary>The oldest key, or the default value when empty.</summary>
    public TValue? First()
    {
        foreach (var value in this)
        {
            return value;
        }

        return null;
    }

    /// <summary>Something of every thing, oldest first.</summary>
    public ImmutableArray<TResult> Select<TResult>(Func<TValue, TResult> select)
    {
        var all = new TResult[Count];
        var next = 0;
        foreach (var value in CollectionsMarshal.AsSpan(_values))
        {
            if (value is not null)
            {
                all[next++] = select(value);
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    /// <summary>All things, oldest first.</summary>
    public TValue[] ToArray()
    {
        var all = new TValue[Count];
        var next = 0;
        foreach (var value in CollectionsMarshal.AsSpan(_values))
        {
            if (value is not null)
            {
                all[next++] = value;
            }
        }

        return all;
    }

    /// <inheritdoc/>
    public IEnumerator<TValue> GetEnumerator()
    {
        foreach (var value in _values)
        {
            if (value is not null)
            {
                yield return value;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Compact()
    {
        var moved = new int[_values.Count];
        var next = 0;
        for (var place = 0; place < _values.Count; place++)
        {
            moved[place] = next;
            if (_values[place] is { } value)
            {
                _values[next++] = value;
            }
        }

        _values.RemoveRange(next, _values.Count - next);
        foreach (var key in _places.Keys.ToArray())
        {
            _places[key] = moved[_places[key]];
        }
    }
}
