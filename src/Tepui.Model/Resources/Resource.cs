using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>How much there is of one resource. Immutable; the default value is not a resource.</summary>
public readonly struct Resource : IEquatable<Resource>
{
    private readonly object? _elements;

    private Resource(ResourceIdentity identity, long scalar, object? elements, int shares)
    {
        Identity = identity;
        Scalar = scalar;
        _elements = elements;
        Shares = shares;
    }

    /// <summary>What it is.</summary>
    public ResourceIdentity Identity { get; }

    /// <summary>The amount in thousandths; 0 unless scalar.</summary>
    public long Scalar { get; }

    /// <summary>How many copies of a shared resource these are; 1 for all others.</summary>
    public int Shares { get; }

    /// <summary>As in <c>cpus</c>.</summary>
    public string Name => Identity.Name;

    /// <summary>Amount, numbers or names.</summary>
    public ResourceKind Kind => Identity.Kind;

    /// <summary>The numbers; empty unless the kind is ranges.</summary>
    public ResourceRanges Ranges => _elements as ResourceRanges ?? ResourceRanges.Empty;

    /// <summary>The names; empty unless the kind is set.</summary>
    public ResourceItems Items => _elements as ResourceItems ?? ResourceItems.Empty;

    /// <summary>Whether there is nothing of it.</summary>
    public bool IsEmpty => Kind switch
    {
        ResourceKind.Scalar => Scalar == 0,
        ResourceKind.Ranges => Ranges.IsEmpty,
        _ => Items.IsEmpty,
    };

    /// <summary>How much of it there is as a number, in thousandths: the amount, or 1000 for each element.</summary>
    public long Quantity => Kind switch
    {
        ResourceKind.Scalar => Scalar,
        ResourceKind.Ranges => Math.Min(Ranges.Count, Thousandths.Max) * Thousandths.One,
        _ => Items.Count * Thousandths.One,
    };

    /// <summary>An amount, in thousandths, not negative.</summary>
    public static Resource Of(ResourceIdentity identity, long scalar)
    {
        Invariant.Holds(identity.Kind == ResourceKind.Scalar && scalar >= 0);
        return new(identity, scalar, null, 1);
    }

    /// <summary>Numbers.</summary>
    public static Resource Of(ResourceIdentity identity, ResourceRanges ranges)
    {
        Invariant.Holds(identity.Kind == ResourceKind.Ranges);
        return new(identity, 0, ranges, 1);
    }

    /// <summary>Names.</summary>
    public static Resource Of(ResourceIdentity identity, ResourceItems items)
    {
        Invariant.Holds(identity.Kind == ResourceKind.Set);
        return new(identity, 0, items, 1);
    }

    /// <summary>An unreserved amount, in thousandths.</summary>
    public static Resource Of(string name, long scalar) => Of(ResourceIdentity.Get(name, ResourceKind.Scalar), scalar);

    /// <summary>The same quantity of another resource of the same kind.</summary>
    public Resource With(ResourceIdentity identity)
    {
        Invariant.Holds(identity.Kind == Kind);
        return new(identity, Scalar, _elements, Shares);
    }

    /// <summary>Whether both are of one resource and add up to one item.</summary>
    public bool IsAddable(in Resource other) =>
        Identity.IsSame(other.Identity) && (!Identity.IsWhole || (Identity.IsShared && SameValue(other)));

    /// <summary>Whether <paramref name="other"/> is a part of this.</summary>
    public bool Contains(in Resource other)
    {
        if (!Identity.IsSame(other.Identity))
        {
            return false;
        }

        if (Identity.IsWhole)
        {
            return SameValue(other) && Shares >= other.Shares;
        }

        return Kind switch
        {
            ResourceKind.Scalar => Scalar >= other.Scalar,
            ResourceKind.Ranges => Ranges.Contains(other.Ranges),
            _ => Items.Contains(other.Items),
        };
    }

    /// <summary>The sum; only if <see cref="IsAddable"/>.</summary>
    public Resource Add(in Resource other) => Identity.IsWhole
        ? new(Identity, Scalar, _elements, checked(Shares + other.Shares))
        : Kind switch
        {
            ResourceKind.Scalar => new(Identity, checked(Scalar + other.Scalar), null, 1),
            ResourceKind.Ranges => new(Identity, 0, Ranges.Add(other.Ranges), 1),
            _ => new(Identity, 0, Items.Add(other.Items), 1),
        };

    /// <summary>What is left, if anything; only if <see cref="Contains"/>.</summary>
    public bool Subtract(in Resource other, out Resource rest)
    {
        if (Identity.IsWhole)
        {
            rest = new(Identity, Scalar, _elements, Shares - other.Shares);
            return rest.Shares > 0;
        }

        rest = Kind switch
        {
            ResourceKind.Scalar => new(Identity, Scalar - other.Scalar, null, 1),
            ResourceKind.Ranges => new(Identity, 0, Ranges.Subtract(other.Ranges), 1),
            _ => new(Identity, 0, Items.Subtract(other.Items), 1),
        };
        return !rest.IsEmpty;
    }

    /// <summary>What is left without as much of <paramref name="other"/> as is here; empty if nothing.</summary>
    public Resource Without(in Resource other)
    {
        if (!Identity.IsSame(other.Identity))
        {
            return this;
        }

        if (Identity.IsWhole)
        {
            return !SameValue(other) ? this : Shares > other.Shares ? new(Identity, Scalar, _elements, Shares - other.Shares) : AtMost(0);
        }

        return Kind switch
        {
            ResourceKind.Scalar => new(Identity, Math.Max(0, Scalar - other.Scalar), null, 1),
            ResourceKind.Ranges => new(Identity, 0, Ranges.Subtract(other.Ranges), 1),
            _ => new(Identity, 0, Items.Subtract(other.Items), 1),
        };
    }

    /// <summary>As much of it as there is up to <paramref name="quantity"/> thousandths: an amount, or the lowest elements. Nothing of what is used as a whole, unless all of it fits.</summary>
    public Resource AtMost(long quantity)
    {
        if (quantity >= Quantity)
        {
            return this;
        }

        var none = Identity.IsWhole || quantity <= 0;
        return Kind switch
        {
            ResourceKind.Scalar => new(Identity, none ? 0 : quantity, null, 1),
            ResourceKind.Ranges => new(Identity, 0, none ? ResourceRanges.Empty : Ranges.Lowest(quantity / Thousandths.One), 1),
            _ => new(Identity, 0, none ? ResourceItems.Empty : Items.First(quantity / Thousandths.One), 1),
        };
    }

    /// <summary>As the wire has it; what is shared says nothing of its copies.</summary>
    public V1.Resource ToWire(ResourceFormat format) => ResourceWire.Write(this, format);

    /// <summary>The one copy of a shared resource; itself for all others.</summary>
    public Resource Single() => Shares == 1 ? this : new(Identity, Scalar, _elements, 1);

    /// <inheritdoc/>
    public bool Equals(Resource other) => Identity.IsSame(other.Identity) && SameValue(other) && Shares == other.Shares;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Resource other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Identity.Name, Scalar, _elements, Shares);

    /// <summary>Whether both are equal.</summary>
    public static bool operator ==(Resource left, Resource right) => left.Equals(right);

    /// <summary>Whether both differ.</summary>
    public static bool operator !=(Resource left, Resource right) => !left.Equals(right);

    /// <summary>As messages to clients have it, as in <c>cpus(allocated: *):0.1</c>.</summary>
    public override string ToString() => ResourcePrinter.Print(ToWire(ResourceFormat.PostRefinement));

    private bool SameValue(in Resource other) => Scalar == other.Scalar && Equals(_elements, other._elements);
}
