using Tepui.Model;
using Tepui.Model.Resources;

namespace Tepui.Master.Core.Tables;

/// <summary>A sum of resources over many agents that can be added to and taken from cheaply. Port 31000 in use on two agents counts twice inside, and is shown once.</summary>
internal sealed class ResourceTally
{
    private readonly Dictionary<ResourceIdentity, Entry> _entries = new(new SameResource());
    private ResourceSet? _sum;

    /// <summary>The sum as it stands; the same object until it changes.</summary>
    public ResourceSet Sum => _sum ??= Build();

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds resources of one agent.</summary>
    public void Add(ResourceSet resources) => Change(resources, 1);

    /// <summary>Takes away resources that were added before.</summary>
    public void Remove(ResourceSet resources) => Change(resources, -1);

    private void Change(ResourceSet resources, int sign)
    {
        foreach (var item in resources.Items)
        {
            _sum = null;
            if (!_entries.TryGetValue(item.Identity, out var entry))
            {
                _entries.Add(item.Identity, entry = new Entry());
            }

            entry.Change(item, sign);
            if (entry.Count == 0)
            {
                Invariant.Holds(entry.Scalar == 0);
                _entries.Remove(item.Identity);
            }
        }
    }

    private ResourceSet Build()
    {
        var builder = new ResourceSetBuilder();
        foreach (var (identity, entry) in _entries)
        {
            switch (identity.Kind)
            {
                case ResourceKind.Scalar:
                    builder.Add(Resource.Of(identity, entry.Scalar));
                    break;
                case ResourceKind.Ranges:
                    builder.Add(Resource.Of(identity, entry.Ranges()));
                    break;
                default:
                    builder.Add(Resource.Of(identity, ResourceItems.From(entry.Names())));
                    break;
            }
        }

        return builder.Build();
    }

    private sealed class Entry
    {
        // Where ranges begin (plus) and, one after, end (minus).
        private SortedDictionary<ulong, int>? _edges;
        private SortedDictionary<string, int>? _names;

        /// <summary>How many parts were added and not yet removed; an entry without any goes.</summary>
        public int Count { get; private set; }

        public long Scalar { get; private set; }

        public void Change(in Resource item, int sign)
        {
            Count += sign;
            switch (item.Kind)
            {
                case ResourceKind.Scalar:
                    Scalar += sign * item.Scalar;
                    break;
                case ResourceKind.Ranges:
                    _edges ??= [];
                    foreach (var range in item.Ranges.Ranges)
                    {
                        Bump(_edges, range.Begin, sign);
                        if (range.End != ulong.MaxValue)
                        {
                            Bump(_edges, range.End + 1, -sign);
                        }
                    }

                    break;
                default:
                    _names ??= new(StringComparer.Ordinal);
                    foreach (var name in item.Items.Items)
                    {
                        Bump(_names, name, sign);
                    }

                    break;
            }
        }

        public ResourceRanges Ranges()
        {
            var ranges = new List<ResourceRange>();
            var depth = 0;
            var begin = 0UL;
            foreach (var (edge, change) in _edges ?? [])
            {
                if (depth == 0)
                {
                    begin = edge;
                }

                depth += change;
                if (depth == 0)
                {
                    ranges.Add(new(begin, edge - 1));
                }
            }

            if (depth > 0)
            {
                ranges.Add(new(begin, ulong.MaxValue));
            }

            return ResourceRanges.From(ranges);
        }

        public IEnumerable<string> Names() => _names?.Keys ?? Enumerable.Empty<string>();

        private static void Bump<T>(SortedDictionary<T, int> counts, T key, int change)
            where T : notnull
        {
            counts.TryGetValue(key, out var count);
            if (count + change == 0)
            {
                counts.Remove(key);
            }
            else
            {
                counts[key] = count + change;
            }
        }
    }

    private sealed class SameResource : IEqualityComparer<ResourceIdentity>
    {
        public bool Equals(ResourceIdentity? x, ResourceIdentity? y) => x is not null && y is not null && x.IsSame(y);

        public int GetHashCode(ResourceIdentity obj) => (obj.Name, obj.Kind, obj.AllocationRole, obj.ReservationRole).GetHashCode();
    }
}
