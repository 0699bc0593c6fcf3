using Tepui.Web.Charts;

namespace Tepui.Web.Tests;

public sealed class ChartTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, 1)]
    [InlineData(1.1, 2)]
    [InlineData(2.2, 2.5)]
    [InlineData(8, 10)]
    [InlineData(10, 10)]
    [InlineData(437, 500)]
    [InlineData(0.03, 0.05)]
    public void NiceTop_Any_IsARoundNumberAbove(double value, double top) => Assert.Equal(top, ChartGeometry.NiceTop(value), 9);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 2048)]
    public void NiceTopBytes_Any_IsAPowerOfTwo(double bytes, double top) => Assert.Equal(top, ChartGeometry.NiceTopBytes(bytes));

    [Fact]
    public void Line_WithAMissingValue_HasAGap()
    {
        var path = ChartGeometry.Line(Times(4), [0, 5, double.NaN, 20], Start, Start.AddSeconds(3), 10);

        Assert.Equal("M0 100L333.3 50M1000 0", path);
    }

    [Fact]
    public void Band_OfTwoRows_RunsForthAndBack()
    {
        var path = ChartGeometry.Band(Times(2), [0, 0], [5, 10], Start, Start.AddSeconds(1), 10);

        Assert.Equal("M0 50L1000 0L1000 100L0 100Z", path);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 5)]
    [InlineData(3600, 400)]
    public void Thin_AnyLength_KeepsEndsAndOrder(int length, int count)
    {
        var kept = ChartGeometry.Thin(length, count);

        Assert.Equal(Math.Min(length, count), kept.Length);
        Assert.Equal(kept.Order(), kept);
        if (length > 0)
        {
            Assert.Equal(0, kept[0]);
            Assert.Equal(length - 1, kept[^1]);
        }
    }

    private static DateTimeOffset[] Times(int count) => [.. Enumerable.Range(0, count).Select(i => Start.AddSeconds(i))];
}
