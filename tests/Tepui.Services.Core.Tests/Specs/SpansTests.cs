using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Specs;

public sealed class SpansTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public void After_SpanOfUse_IsExact(int seconds) => Assert.Equal(Now.AddSeconds(seconds), Now.After(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void After_LongestSpanThereIs_StaysInTheCalendar() => Assert.Equal(Now + Spans.Longest, Now.After(TimeSpan.MaxValue));

    [Fact]
    public void Times_BeyondAllReason_IsTheLongest()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30).Times(3));
        Assert.Equal(Spans.Longest, TimeSpan.MaxValue.Times(int.MaxValue));
    }

    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1e300, int.MaxValue)]
    [InlineData(double.PositiveInfinity, int.MaxValue)]
    public void OfSeconds_AnyNumber_IsASpan(double given, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Spans.OfSeconds(given));
}
