using System.Collections;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>Resources as one immutable value: merged where they may be, in the order they were first named.</summary>
/// <remarks>Nothing in it is empty. Two sets are equal if they hold the same, in whatever order.</remarks>
public sealed class ResourceSet : IReadOnlyList<Resource>, IEquatable<ResourceSet>
{
    private readonly Resource[] _items;
    private ResourceQuantities? _quantities;

    private ResourceSet(Resource[] items) => _items = items;

    /// <summary>No resources.</summary>
    public static ResourceSet Empty { get; } = new([]);

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _items.Length == 0;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>The items, without copying.</summary>
    public ReadOnlySpan<Resource> Items => _items;

    /// <inheritdoc/>
    public Resource this[int index] => _items[index];

    /// <summary>From the wire, with reservations in either form. What is empty, such as 0 CPUs, is left out.</summary>
    /// <remarks>Check with <see cref="ResourceRules"/> first; this one takes valid resources for granted.</remarks>
    public static ResourceSet From(IEnumerable<V1.Resource> resources)
    {
        var builder = new ResourceSetBuilder();
        foreach (var resource in resources)
        {
            builder.Add(ResourceWire.Read(resource));
        }

        return builder.Build();
    }

    /// <summary>From items in any order.</summary>
    public static ResourceSet Of(params ReadOnlySpan<Resource> resources)
    {
        var builder = new ResourceSetBuilder();
        foreach (var resource in resources)
        {
            builder.Add(resource);
        }

        return builder.Build();
    }

    /// <summary>The sum of many.</summary>
    public static ResourceSet Sum(IEnumerable<ResourceSet> sets)
    {
        var builder = new ResourceSetBuilder();
        foreach (var set in sets)
        {
            builder.Add(set);
        }

        return builder.Build();
    }

    /// <summary>The sum.</summary>
    public ResourceSet Add(ResourceSet other)
    {
        if (other._items.Length == 0)
        {
            return this;
        }

        if (_items.Length == 0)
        {
            return other;
        }

        var fresh = 0;
        foreach (ref readonly var item in other._items.AsSpan())
        {
            fresh += IndexAddable(item) < 0 ? 1 : 0;
        }

        var result = new Resource[_items.Length + fresh];
        _items.CopyTo(result, 0);
        var used = _items.Length;
        foreach (ref readonly var item in other._items.AsSpan())
        {
            var index = IndexAddable(item);
            if (index < 0)
            {
                result[used++] = item;
            }
            else
            {
                result[index] = result[index].Add(item);
            }
        }

        return new(result);
    }

    /// <summary>What is left without <paramref name="other"/>, if all of it is here.</summary>
    public bool TrySubtract(ResourceSet other, out ResourceSet result)
    {
        if (other._items.Length == 0)
        {
            result = this;
            return true;
        }

        var rest = new Resource[_items.Length];
        _items.CopyTo(rest, 0);
        var used = rest.Length;
        foreach (ref readonly var item in other._items.AsSpan())
        {
            var index = IndexContaining(rest.AsSpan(0, used), item);
            if (index < 0)
            {
                result = this;
                return false;
            }

            if (rest[index].Subtract(item, out var left))
            {
                rest[index] = left;
                continue;
            }

            used--;
            Array.Copy(rest, index + 1, rest, index, used - index);
        }

        result = used == 0 ? Empty : new(used == rest.Length ? rest : rest[..used]);
        return true;
    }

    /// <summary>What is left without <paramref name="other"/>, all of which must be here.</summary>
    public ResourceSet Subtract(ResourceSet other)
    {
        if (!TrySubtract(other, out var result))
        {
            throw new InvariantException($"Invariant broken: {this} does not contain {other}");
        }

        return result;
    }

    /// <summary>What is left without as much of <paramref name="other"/> as is here.</summary>
    public ResourceSet Without(ResourceSet other)
    {
        if (TrySubtract(other, out var result))
        {
            return result;
        }

        var rest = new ResourceSetBuilder(_items.Length);
        foreach (ref readonly var item in _items.AsSpan())
        {
            var left = item;
            foreach (ref readonly var part in other._items.AsSpan())
            {
                left = left.Without(part);
            }

            rest.Add(left);
        }

        return rest.Build();
    }

    /// <summary>Whether all of <paramref name="other"/> is here.</summary>
    public bool Contains(ResourceSet other)
    {
        if (other._items.Length > _items.Length)
        {
            return false;
        }

        foreach (ref readonly var item in other._items.AsSpan())
        {
            if (IndexContaining(_items, item) < 0)
            {
                return false;
            }

            if (item.Identity.IsWhole && !item.Identity.IsShared && Times(item) < other.Times(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Everything allocated to <paramref name="role"/>.</summary>
    public ResourceSet Allocate(string role) => WithAllocation(role);

    /// <summary>Everything allocated to nobody; parts of several roles merge.</summary>
    public ResourceSet Unallocate() => WithAllocation(null);

    /// <summary>The roles parts of it are allocated to, sorted.</summary>
    public IReadOnlyCollection<string> AllocationRoles => Distinct(static item => item.Identity.AllocationRole);

    /// <summary>The roles parts of it are reserved to, sorted.</summary>
    public IReadOnlyCollection<string> ReservedRoles =>
        Distinct(static item => item.Identity.IsReserved ? item.Identity.ReservationRole : null);

    /// <summary>The items that satisfy <paramref name="predicate"/>.</summary>
    public ResourceSet Filter(Predicate<Resource> predicate)
    {
        var kept = Array.FindAll(_items, predicate);
        return kept.Length == 0 ? Empty : kept.Length == _items.Length ? this : new(kept);
    }

    /// <summary>What is reserved to nobody.</summary>
    public ResourceSet Unreserved => Filter(static item => !item.Identity.IsReserved);

    /// <summary>What may be taken back at any time.</summary>
    public ResourceSet Revocable => Filter(static item => item.Identity.IsRevocable);

    /// <summary>What may not be taken back.</summary>
    public ResourceSet NonRevocable => Filter(static item => !item.Identity.IsRevocable);

    /// <summary>What is reserved to exactly <paramref name="role"/>.</summary>
    public ResourceSet Reserved(string role) =>
        Filter(item => item.Identity.IsReserved && item.Identity.ReservationRole == role);

    /// <summary>What <paramref name="role"/> may use: unreserved, or reserved to it or to a role above it.</summary>
    public ResourceSet AllocatableTo(string role) => Filter(item =>
        !item.Identity.IsReserved
        || item.Identity.ReservationRole == role
        || Roles.IsStrictSubrole(role, item.Identity.ReservationRole));

    /// <summary>Sum of the amounts of that name, in thousandths.</summary>
    public long Scalar(string name)
    {
        var sum = 0L;
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (item.Kind == ResourceKind.Scalar && item.Name == name)
            {
                sum += item.Scalar;
            }
        }

        return sum;
    }

    /// <summary>All numbers of that name.</summary>
    public ResourceRanges Ranges(string name)
    {
        var sum = ResourceRanges.Empty;
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (item.Kind == ResourceKind.Ranges && item.Name == name)
            {
                sum = sum.Add(item.Ranges);
            }
        }

        return sum;
    }

    /// <summary>How much of each name there is, whatever its identity.</summary>
    public ResourceQuantities Quantities => _quantities ??= ResourceQuantities.Of(this);

    /// <summary>Whether there is at least as much of every name, whatever its identity.</summary>
    public bool HasAtLeast(ResourceQuantities quantities)
    {
        for (var i = 0; i < quantities.Count; i++)
        {
            var (name, least) = quantities[i];
            var sum = 0L;
            foreach (ref readonly var item in _items.AsSpan())
            {
                if (sum < least && item.Name == name)
                {
                    sum += item.Quantity;
                }
            }

            if (sum < least)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Carves <paramref name="quantity"/> thousandths of <paramref name="name"/> out, in the order of the items; elements count 1000.</summary>
    /// <returns><see langword="false"/>, and nothing taken, if there is not so much.</returns>
    public bool TryTake(string name, long quantity, out ResourceSet taken)
    {
        var builder = new ResourceSetBuilder();
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (quantity > 0 && item.Name == name)
            {
                var part = item.AtMost(quantity);
                quantity -= part.Quantity;
                builder.Add(part);
            }
        }

        taken = quantity <= 0 ? builder.Build() : Empty;
        return quantity <= 0;
    }

    /// <summary>As the wire has it, one message for each copy of a shared resource; fresh messages each time.</summary>
    public V1.Resource[] ToWire(ResourceFormat format)
    {
        var result = new List<V1.Resource>(_items.Length);
        foreach (var item in _items)
        {
            for (var copy = 0; copy < item.Shares; copy++)
            {
                result.Add(item.ToWire(format));
            }
        }

        return [.. result];
    }

    /// <inheritdoc/>
    public bool Equals(ResourceSet? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _items.Length == other._items.Length && Contains(other) && other.Contains(this));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _items.Length;
        foreach (ref readonly var item in _items.AsSpan())
        {
            hash += item.GetHashCode();
        }

        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<Resource> GetEnumerator() => ((IEnumerable<Resource>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>As messages to clients have it, as in <c>cpus(allocated: *):0.1; mem(allocated: *):32</c>.</summary>
    public override string ToString() => IsEmpty ? "{}" : string.Join("; ", _items);

    /// <summary>Takes over an array of items that are merged and not empty.</summary>
    internal static ResourceSet Own(Resource[] items) => items.Length == 0 ? Empty : new(items);

    private static int IndexContaining(ReadOnlySpan<Resource> items, in Resource part)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Contains(part))
            {
                return i;
            }
        }

        return -1;
    }

    private int IndexAddable(in Resource item)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            if (_items[i].IsAddable(item))
            {
                return i;
            }
        }

        return -1;
    }

    private int Times(in Resource item)
    {
        var times = 0;
        foreach (ref readonly var own in _items.AsSpan())
        {
            times += own.Equals(item) ? 1 : 0;
        }

        return times;
    }

    private ResourceSet WithAllocation(string? role)
    {
        var changes = false;
        foreach (ref readonly var item in _items.AsSpan())
        {
            changes |= item.Identity.AllocationRole != role;
        }

        if (!changes)
        {
            return this;
        }

        var builder = new ResourceSetBuilder(_items.Length);
        foreach (ref readonly var item in _items.AsSpan())
        {
            builder.Add(item.With(item.Identity.AllocatedTo(role)));
        }

        return builder.Build();
    }

    private SortedSet<string> Distinct(Func<Resource, string?> select)
    {
        var result = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in _items)
        {
            if (select(item) is { } text)
            {
                result.Add(text);
            }
        }

        return result;
    }
}
