using FsCheck;
using FsCheck.Fluent;
using Tepui.Model.Resources;

namespace Tepui.Model.Tests.Resources;

public sealed class ResourceRangesTests
{
    private const int Size = 40;

    private static readonly Arbitrary<bool[]> Bits = Gen.Elements(true, false).ArrayOf(Size).ToArbitrary();

    [Fact]
    public void From_OverlappingAndAdjacentRanges_MakesThemOne()
    {
        var ranges = ResourceRanges.From([new(5, 9), new(1, 2), new(3, 3), new(8, 12), new(20, 20)]);
        Assert.Equal("[1-3, 5-12, 20-20]", ranges.ToString());
        Assert.Equal(12, ranges.Count);
    }

    [Fact]
    public void Algebra_AtTheEndOfTheNumbers_DoesNotWrapAround()
    {
        var all = ResourceRanges.Of(0, ulong.MaxValue);
        var last = ResourceRanges.Of(ulong.MaxValue, ulong.MaxValue);
        Assert.Equal(long.MaxValue, all.Count);
        Assert.Equal(all, all.Add(last));
        Assert.Equal($"[0-{ulong.MaxValue - 1}]", all.Subtract(last).ToString());
        Assert.True(all.Subtract(all).IsEmpty);
        Assert.Equal("[0-2]", all.Lowest(3).ToString());
        Assert.Equal(all, all.Subtract(last).Add(last));
    }

    [Fact]
    public void Add_AgreesWithBits() => Check((a, b) => Of(a).Add(Of(b)).Equals(Of(Zip(a, b, (x, y) => x || y))));

    [Fact]
    public void Subtract_AgreesWithBits() => Check((a, b) => Of(a).Subtract(Of(b)).Equals(Of(Zip(a, b, (x, y) => x && !y))));

    [Fact]
    public void Contains_AgreesWithBits() => Check((a, b) => Of(a).Contains(Of(b)) == Zip(a, b, (x, y) => x || !y).All(x => x));

    [Fact]
    public void Count_AgreesWithBits() => Check((a, _) => Of(a).Count == a.Count(x => x));

    [Fact]
    public void Lowest_AgreesWithBits() => Check((a, b) =>
    {
        var count = b.Count(x => x);
        var kept = a.Select((x, i) => x && a.Take(i).Count(y => y) < count).ToArray();
        return Of(a).Lowest(count).Equals(Of(kept));
    });

    [Fact]
    public void From_WhateverTheOrder_IsTheSame() => Check((a, _) =>
    {
        var single = Enumerable.Range(0, Size).Where(i => a[i]).Select(i => new ResourceRange((ulong)i, (ulong)i)).ToArray();
        return ResourceRanges.From(single.Reverse()).Equals(Of(a)) && ResourceRanges.From(single).GetHashCode() == Of(a).GetHashCode();
    });

    private static void Check(Func<bool[], bool[], bool> property) =>
        Prop.ForAll(Bits, Bits, property).QuickCheckThrowOnFailure();

    private static bool[] Zip(bool[] a, bool[] b, Func<bool, bool, bool> how) => [.. a.Zip(b, how)];

    private static ResourceRanges Of(bool[] bits)
    {
        var ranges = new List<ResourceRange>();
        for (var i = 0; i < bits.Length; i++)
        {
            var begin = i;
            while (i < bits.Length && bits[i])
            {
                i++;
            }

            if (i > begin)
            {
                ranges.Add(new((ulong)begin, (ulong)i - 1));
            }
        }

        return ResourceRanges.From(ranges);
    }
}
