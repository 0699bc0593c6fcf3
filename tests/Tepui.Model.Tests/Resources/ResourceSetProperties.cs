using FsCheck;
using FsCheck.Fluent;
using Tepui.Model.Resources;

namespace Tepui.Model.Tests.Resources;

/// <summary>Laws of the algebra, over random sets of few names, roles and disks so that they meet often.</summary>
public sealed class ResourceSetProperties
{
    private static readonly DiskShape[] Disks =
    [
        DiskShape.From(new() { Persistence = new() { Id = "v1" } })!,
        DiskShape.From(new() { Persistence = new() { Id = "v2" } })!,
        DiskShape.From(new() { Source = new() { Type = Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type.Path, Path = new() { Root = "/a" } } })!,
        DiskShape.From(new() { Source = new() { Type = Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type.Mount, Mount = new() { Root = "/b" } } })!,
    ];

    private static readonly Gen<Reservation[]> Stacks = Gen.Elements<Reservation[]>(
        [], [], [Reservation.Static("a")], [Reservation.Dynamic("a", "p")], [Reservation.Static("a"), Reservation.Dynamic("a/b", "p")]);

    private static readonly Gen<Resource> Amounts =
        from name in Gen.Elements("cpus", "mem")
        from stack in Stacks
        from revocable in Gen.Elements(false, false, true)
        from amount in Gen.Choose(0, 3000)
        select Resource.Of(ResourceIdentity.Get(name, ResourceKind.Scalar, stack, isRevocable: revocable), amount);

    private static readonly Gen<Resource> Volumes =
        from disk in Gen.Elements(Disks)
        from shared in Gen.Elements(false, true)
        from amount in Gen.Choose(1, 2)
        select Resource.Of(
            ResourceIdentity.Get("disk", ResourceKind.Scalar, [Reservation.Static("a")], disk, isShared: shared && disk.PersistenceId is not null),
            amount * 1000);

    private static readonly Gen<Resource> Ports =
        from stack in Stacks
        from begin in Gen.Choose(1, 30)
        from length in Gen.Choose(0, 9)
        select Resource.Of(ResourceIdentity.Get("ports", ResourceKind.Ranges, stack), ResourceRanges.Of((ulong)begin, (ulong)(begin + length)));

    private static readonly Gen<Resource> Zones =
        from names in Gen.Elements("a", "b", "c", "d").ArrayOf(3)
        select Resource.Of(ResourceIdentity.Get("zones", ResourceKind.Set), ResourceItems.From(names));

    private static readonly Gen<ResourceSet> Sets =
        from items in Gen.OneOf(Amounts, Volumes, Ports, Zones).ArrayOf()
        select ResourceSet.Of(items.Take(8).ToArray());

    private static readonly Arbitrary<ResourceSet> Any = Sets.ToArbitrary();

    [Fact]
    public void Add_ThenSubtract_IsTheIdentity_UnlessElementsOverlap() => Check((a, b) =>
        Overlap(a, b) || (a.Add(b).TrySubtract(b, out var rest) && rest.Equals(a)));

    [Fact]
    public void Contains_AgreesWithSubtract() => Check((a, b) => a.Contains(b) == a.TrySubtract(b, out _));

    [Fact]
    public void Contains_OfASum_HoldsForItsParts() => Check((a, b) => a.Add(b).Contains(a) && a.Add(b).Contains(b));

    [Fact]
    public void Subtract_ThenAdd_IsTheIdentity() => Check((a, b) => !a.TrySubtract(b, out var rest) || rest.Add(b).Equals(a));

    [Fact]
    public void Add_InAnyOrder_IsTheSame() => Check((a, b) =>
        a.Add(b).Equals(b.Add(a)) && a.Add(b).GetHashCode() == b.Add(a).GetHashCode());

    [Fact]
    public void Add_InAnyGrouping_IsTheSame() =>
        Prop.ForAll(Any, Any, Any, (a, b, c) => a.Add(b).Add(c).Equals(a.Add(b.Add(c)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Sum_IsRepeatedAdding() => Check((a, b) => ResourceSet.Sum([a, b]).Equals(a.Add(b)));

    [Fact]
    public void Empty_IsNeutral() => Check((a, _) =>
        a.Add(ResourceSet.Empty).Equals(a) && ResourceSet.Empty.Add(a).Equals(a) && a.Subtract(ResourceSet.Empty).Equals(a) && a.Subtract(a).IsEmpty);

    [Fact]
    public void Items_AreNeverEmpty() => Check((a, b) => !a.Add(b).Concat(a.Without(b)).Any(static item => item.IsEmpty));

    [Fact]
    public void Quantities_OfASum_AreTheSumOfQuantities_UnlessElementsOverlapOrVolumesAreShared() => Check((a, b) =>
        Overlap(a, b) || a.Add(b).Any(static item => item.Shares > 1)
        || a.Add(b).Quantities.ToString() == a.Quantities.Add(b.Quantities).ToString());

    [Fact]
    public void Without_AgreesWithSubtract_WhereThatIsPossible() => Check((a, b) =>
        a.TrySubtract(b, out var rest) ? a.Without(b).Equals(rest) : a.Contains(a.Without(b)));

    [Fact]
    public void Wire_ThereAndBack_IsTheSame() => Check((a, _) =>
        ResourceSet.From(a.ToWire(ResourceFormat.PostRefinement)).Equals(a)
        && ResourceSet.From(a.ToWire(ResourceFormat.Endpoint)).Equals(a)
        && ResourceRules.Problem(a.ToWire(ResourceFormat.Endpoint)) is null);

    [Fact]
    public void Text_ThereAndBack_IsTheSame() => Check((a, other) =>
    {
        var plain = a.Filter(static r => r.Identity.Disk is null && !r.Identity.IsRevocable && !r.Identity.IsDynamicallyReserved);
        var text = string.Join(';', plain.Select(r => r.ToString()
            .Replace("(reservations: [(STATIC,", "(", StringComparison.Ordinal)
            .Replace(")])", ")", StringComparison.Ordinal)));
        return ResourceText.TryParse(text, "*", out var parsed, out _) && parsed.Equals(plain);
    });

    [Fact]
    public void Allocate_KeepsEverything() => Check((a, b) =>
        a.Allocate("x").Unallocate().Equals(a) && a.Allocate("x").Contains(b.Allocate("x")) == a.Contains(b));

    [Fact]
    public void Take_GivesAPartOfExactlyThatQuantity() =>
        Prop.ForAll(Any, Gen.Choose(1, 4).ToArbitrary(), (a, units) =>
            !a.TryTake("cpus", units * 500, out var taken) || (a.Contains(taken) && taken.Scalar("cpus") == units * 500)).QuickCheckThrowOnFailure();

    private static bool Overlap(ResourceSet a, ResourceSet b) => a.Any(x => b.Any(y =>
        x.Identity.IsSame(y.Identity)
        && (x.Ranges.Subtract(y.Ranges).Count != x.Ranges.Count || x.Items.Subtract(y.Items).Count != x.Items.Count)));

    private static void Check(Func<ResourceSet, ResourceSet, bool> property) =>
        Prop.ForAll(Any, Any, property).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
