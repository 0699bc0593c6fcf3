using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Matching;

/// <summary>Where the instances of one configuration of a spec are: what constraints are judged by. A field is counted from its first use on.</summary>
internal sealed class PlacementCounts(Func<IEnumerable<Instance>> counted)
{
    private readonly Dictionary<string, ValueCounts> _fields = new(StringComparer.Ordinal);

    /// <summary>How many ever left: it grows whenever a constraint may have become easier.</summary>
    public long Departures { get; private set; }

    /// <summary>Instances by the value of this field.</summary>
    public ValueCounts By(string field)
    {
        if (!_fields.TryGetValue(field, out var counts))
        {
            _fields[field] = counts = new();
            foreach (var instance in counted())
            {
                if (HostField.Of(instance.Host!, field) is { } value)
                {
                    counts.Add(value);
                }
            }
        }

        return counts;
    }

    /// <summary>An instance takes its place.</summary>
    public void Add(Host host)
    {
        foreach (var (field, counts) in _fields)
        {
            if (HostField.Of(host, field) is { } value)
            {
                counts.Add(value);
            }
        }
    }

    /// <summary>An instance leaves its place.</summary>
    public void Remove(Host host)
    {
        Departures++;
        foreach (var (field, counts) in _fields)
        {
            if (HostField.Of(host, field) is { } value)
            {
                counts.Remove(value);
            }
        }
    }
}
