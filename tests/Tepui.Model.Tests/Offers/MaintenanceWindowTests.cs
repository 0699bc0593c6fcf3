using Tepui.Model.Offers;
using Tepui.Protocol.V1;

namespace Tepui.Model.Tests.Offers;

public sealed class MaintenanceWindowTests
{
    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, null, 0, false)]
    [InlineData(10, null, 9, false)]
    [InlineData(10, null, 10, true)]
    [InlineData(0, null, 0, true)]
    [InlineData(-10, null, 0, true)]
    [InlineData(-10, 11, 0, true)]
    [InlineData(-10, 10, 0, false)]
    public void IsNear_BeginAndEnd_AreJudged(int beginsIn, int? lasts, int ahead, bool expected)
    {
        var window = new Unavailability { Start = new() { Nanoseconds = Now.AddSeconds(beginsIn).ToUnixTimeMilliseconds() * 1_000_000 } };
        if (lasts is { } seconds)
        {
            window.Duration = new() { Nanoseconds = seconds * 1_000_000_000L };
        }

        Assert.Equal(expected, MaintenanceWindow.IsNear(window, Now, TimeSpan.FromSeconds(ahead)));
    }

    [Fact]
    public void IsNear_NonePlanned_IsNot()
    {
        Assert.False(MaintenanceWindow.IsNear(null, Now, TimeSpan.MaxValue - TimeSpan.FromDays(1_000_000)));
        Assert.False(MaintenanceWindow.IsNear(new(), Now, TimeSpan.Zero));
    }
}
