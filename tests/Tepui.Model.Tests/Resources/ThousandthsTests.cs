using System.Globalization;
using Tepui.Model.Resources;

namespace Tepui.Model.Tests.Resources;

public sealed class ThousandthsTests
{
    [Theory]
    [InlineData(0.1, 100, "0.1")]
    [InlineData(0.0005, 1, "0.001")]
    [InlineData(-0.0005, -1, "-0.001")]
    [InlineData(0.0004, 0, "0")]
    [InlineData(1.0015, 1002, "1.002")]
    [InlineData(8192, 8_192_000, "8192")]
    [InlineData(-1, -1000, "-1")]
    [InlineData(1_000_000_000, 1_000_000_000_000, "1000000000")]
    [InlineData(double.NaN, 0, "0")]
    [InlineData(double.PositiveInfinity, Thousandths.Max, "1099511627776")]
    [InlineData(-1e300, -Thousandths.Max, "-1099511627776")]
    public void FromDouble_RoundsHalvesAwayFromZero(double value, long thousandths, string printed)
    {
        Assert.Equal(thousandths, Thousandths.FromDouble(value));
        Assert.Equal(printed, Thousandths.Print(thousandths));
    }

    [Fact]
    public void ToDouble_OfEveryAmount_PrintsAsTheAmountAndComesBack()
    {
        for (var amount = -2_000L; amount < 1_000_000; amount += 7)
        {
            var value = Thousandths.ToDouble(amount);
            Assert.Equal(Thousandths.Print(amount), value.ToString("R", CultureInfo.InvariantCulture));
            Assert.Equal(amount, Thousandths.FromDouble(value));
        }
    }
}
