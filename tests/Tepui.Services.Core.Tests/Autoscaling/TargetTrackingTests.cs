using Tepui.Services.Core.Autoscaling;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Autoscaling;

public class TargetTrackingTests
{
    [Theory]
    [InlineData(4, 4, 100, 8)]
    [InlineData(4, 4, 55, 4)]
    [InlineData(4, 4, 56, 5)]
    [InlineData(4, 4, 45, 4)]
    [InlineData(4, 4, 36, 3)]
    [InlineData(4, 4, 0, 2)]
    [InlineData(8, 8, 90, 10)]
    [InlineData(1, 1, 50, 2)]
    [InlineData(12, 12, 50, 10)]
    [InlineData(8, 4, 100, 8)]
    public void Desire_ByAverageUse_IsWhatBringsItToTheTarget(int wanted, int running, double value, int expected) =>
        Assert.Equal(expected, TargetTracking.Desire(Policy(ScalingMetric.Cpu), wanted, running, value).Instances);

    [Theory]
    [InlineData(2, 111, 3)]
    [InlineData(2, 110, 2)]
    [InlineData(2, 350, 7)]
    [InlineData(9, 350, 7)]
    [InlineData(7, 350, 7)]
    [InlineData(2, 1e300, 10)]
    public void Desire_ByATotal_IsItsShareOfTheTarget(int wanted, double value, int expected) =>
        Assert.Equal(expected, TargetTracking.Desire(Policy(ScalingMetric.Http), wanted, 0, value).Instances);

    [Fact]
    public void Reason_NamesValueTargetAndBounds()
    {
        Assert.Equal("CPU use 87.5 % of the request, target 50 %", TargetTracking.Desire(Policy(ScalingMetric.Cpu), 4, 4, 87.5).Reason);
        Assert.Equal("metric 900, target 50 per instance; would be 18, the bounds are 2 to 10", TargetTracking.Desire(Policy(ScalingMetric.Http), 4, 4, 900).Reason);
        Assert.Equal("12 is outside the bounds 2 to 10", TargetTracking.Desire(Policy(ScalingMetric.Cpu), 12, 4, 1).Reason);
    }

    private static AutoscalingPolicy Policy(ScalingMetric metric) => new(2, 10, metric, 50, "http://x", "", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300));
}
