using Tepui.Model.Units;

namespace Tepui.Model.Tests.Units;

public sealed class BytesTextTests
{
    [Theory]
    [InlineData("4096B", 4096, "4KB")]
    [InlineData("2GB", 2L << 30, "2GB")]
    [InlineData("10MB", 10L << 20, "10MB")]
    [InlineData("1500B", 1500, "1500B")]
    [InlineData("0B", 0, "0B")]
    [InlineData("2048TB", 2048L << 40, "2048TB")]
    public void Print_OfWhatWasParsed_UsesTheLargestWholeUnit(string text, long bytes, string printed)
    {
        Assert.True(BytesText.TryParse(text, out var parsed, out _));
        Assert.Equal(bytes, parsed);
        Assert.Equal(printed, BytesText.Print(parsed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("MB")]
    [InlineData("-1MB")]
    [InlineData("1.5MB")]
    [InlineData("10mb")]
    [InlineData("99999999999TB")]
    public void TryParse_OfBadText_NamesItAndWhatIsAllowed(string text)
    {
        Assert.False(BytesText.TryParse(text, out _, out var problem));
        Assert.Contains($"'{text}'", problem, StringComparison.Ordinal);
    }
}
