using Tepui.Jobs;

namespace Tepui.Tests.Jobs;

public sealed class RelativeTimeTests
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData(0.0, "0ms")]
    [InlineData(0.0841, "84ms")]
    [InlineData(0.9994, "999ms")]
    [InlineData(0.9996, "1s")]
    [InlineData(2.54, "2.5s")]
    [InlineData(119.0, "119s")]
    [InlineData(600.0, "10m")]
    [InlineData(7200.0, "2h")]
    public void Length_Any_IsShownInTheUnitThatSuits(double? seconds, string text) => Assert.Equal(text, RelativeTime.Length(seconds));
}
