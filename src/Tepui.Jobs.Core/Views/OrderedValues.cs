using System.Collections.Immutable;

namespace Tepui.Jobs.Core.Views;

/// <summary>Values in the order of their keys, of which views are cheap: only what was marked is looked at again.</summary>
internal sealed class OrderedValues<TKey, TValue>
    where TKey : notnull, IComparable<TKey>
    where TValue : class
{
    private ImmutableSortedDictionary<TKey, TValue> _values = ImmutableSortedDictionary.Create<TKey, TValue>(null, ReferenceEqualityComparer.Instance);
    private HashSet<TKey> _marked = [];
    private OrderedView<TKey, TValue>? _view;

    /// <summary>Most keys that stay marked between steps.</summary>
    public const int MarkedMax = 10_000;

    /// <summary>How many keys are marked.</summary>
    public int MarkedCount => _marked.Count;

    /// <summary>The value of this key is new, changed or gone.</summary>
    public void Mark(TKey key) => _marked.Add(key);

    /// <summary>All values.</summary>
    /// <param name="find">Gives the present value of a key, or <see langword="null"/>.</param>
    public IReadOnlyList<TValue> View(Func<TKey, TValue?> find)
    {
        Refresh(find);
        return _view ??= new(_values);
    }

    /// <summary>Looks at what is marked once that is more than <see cref="MarkedMax"/> keys, so that marks do not pile up while nobody asks for a view.</summary>
    /// <param name="find">Gives the present value of a key, or <see langword="null"/>.</param>
    public void Fold(Func<TKey, TValue?> find)
    {
        if (_marked.Count > MarkedMax)
        {
            Refresh(find);
        }
    }

    /// <summary>One value.</summary>
    public TValue? Find(TKey key, Func<TKey, TValue?> find)
    {
        if (_marked.Contains(key))
        {
            return find(key);
        }

        return _values.GetValueOrDefault(key);
    }

    private void Refresh(Func<TKey, TValue?> find)
    {
        if (_marked.Count == 0)
        {
            return;
        }

        var builder = _values.ToBuilder();
        foreach (var key in _marked)
        {
            if (find(key) is { } value)
            {
                builder[key] = value;
            }
            else
            {
                builder.Remove(key);
            }
        }

        _values = builder.ToImmutable();
        _view = null;

        // A set keeps the room it once took.
        if (_marked.Count > 1000)
        {
            _marked = [];
        }

        _marked.Clear();
    }
}
