namespace Tepui.Web.History;

/// <summary>The latest samples, oldest first; the oldest make room. Safe to read while it is written.</summary>
/// <param name="capacity">How many are kept.</param>
public sealed class SampleRing(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Sample[] _samples = new Sample[capacity];
    private long _count;

    /// <summary>Adds one.</summary>
    public void Add(Sample sample)
    {
        lock (_gate)
        {
            _samples[_count++ % capacity] = sample;
        }
    }

    /// <summary>The latest one, if any.</summary>
    public Sample? Latest
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 ? null : _samples[(_count - 1) % capacity];
            }
        }
    }

    /// <summary>Those at <paramref name="from"/> and later.</summary>
    public List<Sample> Since(DateTimeOffset from)
    {
        var found = new List<Sample>();
        lock (_gate)
        {
            for (var i = Math.Max(0, _count - capacity); i < _count; i++)
            {
                if (_samples[i % capacity].At >= from)
                {
                    found.Add(_samples[i % capacity]);
                }
            }
        }

        return found;
    }
}
