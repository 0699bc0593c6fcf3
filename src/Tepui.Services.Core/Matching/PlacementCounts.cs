using Tepui.Model;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

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

    /// <summary>Counts anew and compares: for tests and the simulator.</summary>
    /// <param name="hosts">Where the instances are.</param>
    /// <param name="spec">Whose.</param>
    public void Check(IReadOnlyList<Host> hosts, PathId spec)
    {
        foreach (var (field, counts) in _fields)
        {
            var recount = hosts.Select(host => HostField.Of(host, field)).OfType<string>().CountBy(value => value).ToList();
            Invariant.Holds(
                recount.Count == counts.Values && recount.TrueForAll(value => counts.Of(value.Key) == value.Value),
                $"instances of {spec} by {field} are miscounted");
        }
    }
}
