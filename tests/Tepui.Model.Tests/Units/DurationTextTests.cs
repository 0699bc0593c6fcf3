using Tepui.Model.Units;

namespace Tepui.Model.Tests.Units;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("15secs", "15secs")]
    [InlineData("60secs", "1mins")]
    [InlineData("1.5mins", "90secs")]
    [InlineData("10mins", "10mins")]
    [InlineData("24hrs", "1days")]
    [InlineData("10days", "10days")]
    [InlineData("14days", "2weeks")]
    [InlineData("1500ms", "1500ms")]
    [InlineData("2us", "2us")]
    [InlineData("1500ns", "1500ns")]
    [InlineData("0secs", "0ns")]
    [InlineData("-5secs", "-5secs")]
    public void Print_OfWhatWasParsed_UsesTheLargestWholeUnit(string text, string printed)
    {
        Assert.True(DurationText.TryParse(text, out var duration, out _));
        Assert.Equal(printed, DurationText.Print(duration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("secs")]
    [InlineData("15 secs")]
    [InlineData("15seconds")]
    [InlineData("xyz")]
    [InlineData("1e300weeks")]
    [InlineData("nansecs")]
    [InlineData("1,5secs")]
    public void TryParse_OfBadText_NamesItAndWhatIsAllowed(string text)
    {
        Assert.False(DurationText.TryParse(text, out _, out var problem));
        Assert.Contains($"'{text}'", problem, StringComparison.Ordinal);
    }
}
