namespace Tepui.Services.Core.Matching;

/// <summary>How many instances have each value of one field. Every question is answered without a walk over the values.</summary>
internal sealed class ValueCounts
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _bound = -1;
    private int _above;

    /// <summary>How many values some instance has.</summary>
    public int Values => _counts.Count;

    /// <summary>The values some instance has.</summary>
    public IReadOnlyCollection<string> All => _counts.Keys;

    /// <summary>How many instances have this value.</summary>
    public int Of(string value) => _counts.GetValueOrDefault(value);

    /// <summary>Whether some instance has this value.</summary>
    public bool Has(string value) => _counts.ContainsKey(value);

    /// <summary>How many values more than <paramref name="bound"/> instances have.</summary>
    public int Above(int bound)
    {
        if (bound != _bound)
        {
            _bound = bound;
            _above = _counts.Values.Count(count => count > bound);
        }

        return _above;
    }

    /// <summary>One more instance has this value.</summary>
    public void Add(string value)
    {
        var count = _counts[value] = Of(value) + 1;
        _above += count == _bound + 1 ? 1 : 0;
    }

    /// <summary>One instance fewer has this value.</summary>
    public void Remove(string value)
    {
        var count = Of(value) - 1;
        _above -= count == _bound ? 1 : 0;
        if (count > 0)
        {
            _counts[value] = count;
        }
        else
        {
            _counts.Remove(value);
        }
    }
}
