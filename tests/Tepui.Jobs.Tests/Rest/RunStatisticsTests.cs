using Tepui.Jobs.Rest;
using Tepui.Jobs.Rest.Json;

namespace Tepui.Jobs.Tests.Rest;

public sealed class RunStatisticsTests
{
    [Theory]
    [InlineData(new double[0], 0, 0, 0)]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 1.0, 2.0, 3.0, 4.0 }, 2.5, 4, 2.5)]
    public void Quantile_IsBetweenTheTimes(double[] times, double median, double high, double mean)
    {
        var statistics = new RunStatistics(times);

        Assert.Equal((median, high, mean), (statistics.Quantile(0.5), statistics.Quantile(0.99), statistics.Mean));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(5.9, "5s")]
    [InlineData(75, "1m15s")]
    [InlineData(7200, "2h0s")]
    [InlineData(108_061, "30h1m1s")]
    public void Duration_IsAsChronosPrintsIt(double seconds, string text) => Assert.Equal(text, StatJson.Duration(TimeSpan.FromSeconds(seconds)));
}
